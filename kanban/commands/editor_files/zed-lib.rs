use zed_extension_api as zed;

struct Kanban;

impl zed::Extension for Kanban {
    fn new() -> Self {
        Kanban
    }

    fn language_server_command(
        &mut self,
        _server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("kanban")
            .ok_or("kanban is not on the path: pip install \"git-kanban[lsp]\"")?;
        Ok(zed::Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Kanban);
