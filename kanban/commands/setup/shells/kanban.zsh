#compdef kanban git-kanban
# Completion of `kanban` and of `git kanban` in zsh. Printed by `kanban completion zsh`.

_kanban() {
  local tab=$'\t' how one value
  local -a lines values shown open opened
  lines=("${(@f)$(_KANBAN_COMPLETE=line _KANBAN_LINE="${(j: :)${(@)words[1,CURRENT-1]}} $PREFIX" kanban 2>/dev/null)}")
  how=$lines[1]
  shift lines
  case $how in
    files) _files; return ;;
    folders) _files -/; return ;;
    begins | within) ;;
    *) return 1 ;;
  esac
  local -i width=0
  for one in $lines; do
    value=${one%%$tab*}
    (( $#value > width )) && width=$#value
  done
  (( width > COLUMNS / 2 )) && (( width = COLUMNS / 2 ))
  for one in $lines; do
    value=${one%%$tab*}
    one=${one#*$tab}
    [[ -n $one ]] && one="${(r:width:)value}  $one" || one=$value
    one=${one[1,COLUMNS-1]}
    if [[ $value == *= ]]; then
      open+=("$value"); opened+=("$one")
    else
      values+=("$value"); shown+=("$one")
    fi
  done
  # -U: what fits is decided by kanban, which knows that `éco` is `ecole`; -Q is not given, so blanks are quoted
  (( $#values )) && compadd -U -V kanban -l -d shown -- $values
  (( $#open )) && compadd -U -V fields -l -S '' -d opened -- $open
  if [[ $how == within ]] && (( $#values + $#open > 1 )); then
    # what they have in common is not what was typed: show them, and leave the line alone
    compstate[insert]=
    compstate[list]='list force'
  fi
  return 0
}

_git-kanban() { _kanban "$@" }

if [[ $funcstack[1] == _kanban ]]; then
  _kanban "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _kanban kanban git-kanban
  zstyle ':completion:*:*:git:*' user-commands kanban:'a sales pipeline in git'
fi
