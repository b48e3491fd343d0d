# Completion of `kanban` and of `git kanban` in fish. Printed by `kanban completion fish`.

function __kanban_words
    set -l lines (env _KANBAN_COMPLETE=line _KANBAN_LINE=(commandline -cp | string collect) kanban 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct)
        case begins within
            printf '%s\n' $lines[2..-1]
    end
end

function __kanban_after_git
    set -l words (commandline -opc)
    test "$words[1]" = git; and contains -- kanban $words[2..-1]
end

function __kanban_git_alone
    test (count (commandline -opc)) -eq 1
end

complete -c kanban -f -k -a '(__kanban_words)'
complete -c git-kanban -f -k -a '(__kanban_words)'
complete -c git -f -n __kanban_git_alone -a kanban -d 'a sales pipeline in git'
complete -c git -f -k -n __kanban_after_git -a '(__kanban_words)'
