'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { words } = require('./asking');

const INSTALL = 'pip install "git-kanban[lsp]"';
let client;

function start() {
  const settings = vscode.workspace.getConfiguration('kanban');
  const language = settings.get('language');
  const server = {
    command: settings.get('command') || 'kanban',
    args: [...(language ? ['--lang', language] : []), 'lsp'],
  };
  client = new LanguageClient('kanban', 'git-kanban', server, {
    documentSelector: [
      { scheme: 'file', language: 'markdown' },
      { scheme: 'file', pattern: '**/board.yml' },
    ],
    initializationOptions: { asks: true },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/{board.yml,*.md}') },
  });
  return client.start().catch(failed);
}

async function failed() {
  const copy = vscode.l10n.t('Copy the command');
  const said = vscode.l10n.t('`kanban lsp` could not be started. It needs: {0}', INSTALL);
  if ((await vscode.window.showErrorMessage(said, copy)) === copy) await vscode.env.clipboard.writeText(INSTALL);
}

/** The server offers gestures that need words; they are asked for here and sent back as one command. */
async function ask(uri, verb, options) {
  const typed = await words(verb, options, (text) => vscode.window.showInputBox({ prompt: vscode.l10n.t(text), ignoreFocusOut: true }));
  if (typed !== undefined) await vscode.commands.executeCommand('kanban.gesture', uri, ...typed);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('kanban.ask', ask),
    vscode.commands.registerCommand('kanban.restart', async () => {
      if (client) await client.stop().catch(() => undefined);
      await start();
    }),
  );
  await start();
}

async function deactivate() {
  if (client) await client.stop();
}

module.exports = { activate, deactivate };
