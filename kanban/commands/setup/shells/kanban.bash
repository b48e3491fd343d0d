# Completion of `kanban` and of `git kanban` in bash. Printed by `kanban completion bash`.

_kanban_words() {
  local IFS=$'\n' tab=$'\t' line how= value said last width=0 at
  local -a values=() meanings=()
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $how ]]; then how=$line; continue; fi
    values+=("${line%%$tab*}")
    meanings+=("${line#*$tab}")
  done < <(_KANBAN_COMPLETE=line _KANBAN_LINE=$1 kanban 2>/dev/null)
  case $how in
    files) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); return ;;
    folders) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "${COMP_WORDS[COMP_CWORD]}")); return ;;
  esac
  last=${1##*[[:space:]]}
  for at in "${!values[@]}"; do
    value=${values[at]}
    # bash takes `owner=Z` as three words and puts the answer in the place of the last
    [[ $last == *=* && $COMP_WORDBREAKS == *=* ]] && value=${value#*=}
    (( ${#value} > width )) && width=${#value}
    values[at]=$value
  done
  if (( ${#values[@]} == 1 )); then
    case ${values[0]} in
      *=) compopt -o nospace 2>/dev/null; COMPREPLY=("${values[0]}") ;;
      *) printf -v value %q "${values[0]}"; COMPREPLY=("$value") ;;
    esac
    return
  fi
  for at in "${!values[@]}"; do
    said=${meanings[at]}
    if [[ ${COMP_TYPE:-9} == 63 && -n $said ]]; then
      printf -v value "%-${width}s  %s" "${values[at]}" "$said"
      COMPREPLY+=("${value:0:${COLUMNS:-80}}")
    else
      COMPREPLY+=("${values[at]}")
    fi
  done
  # what they have in common is not what was typed: show them, and leave the line alone
  [[ $how == within ]] && COMPREPLY+=(" ")
}

_kanban() { _kanban_words "${COMP_LINE:0:COMP_POINT}"; }

_git_kanban() { _kanban_words "${COMP_LINE:0:COMP_POINT}"; }

complete -o nosort -F _kanban kanban git-kanban 2>/dev/null || complete -F _kanban kanban git-kanban
