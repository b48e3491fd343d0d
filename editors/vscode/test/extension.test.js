'use strict';

const assert = require('node:assert/strict');
const Module = require('node:module');
const test = require('node:test');
const { words } = require('../asking');

/** VS Code and the client's library, as far as the extension asks for them. */
function host(settings = {}, answers = [], starts = Promise.resolve()) {
  const seen = { commands: {}, made: [], ran: [], asked: [], errors: [], copied: [] };
  const vscode = {
    workspace: {
      getConfiguration: () => ({ get: (key) => settings[key] }),
      createFileSystemWatcher: (pattern) => ({ pattern }),
    },
    commands: {
      registerCommand: (name, run) => ((seen.commands[name] = run), { dispose() {} }),
      executeCommand: async (...line) => void seen.ran.push(line),
    },
    window: {
      showInputBox: async ({ prompt }) => (seen.asked.push(prompt), answers.shift()),
      showErrorMessage: async (said, button) => (seen.errors.push(said), button),
    },
    env: { clipboard: { writeText: async (text) => void seen.copied.push(text) } },
    l10n: { t: (text, ...rest) => text.replace(/\{(\d)\}/g, (_all, at) => rest[at]) },
  };
  class LanguageClient {
    constructor(...made) {
      seen.made.push(made);
    }
    start() {
      return starts;
    }
    async stop() {
      seen.stopped = true;
    }
  }
  const load = Module._load;
  Module._load = (name, ...rest) =>
    name === 'vscode' ? vscode : name === 'vscode-languageclient/node' ? { LanguageClient } : load(name, ...rest);
  delete require.cache[require.resolve('../extension')];
  const extension = require('../extension');
  Module._load = load;
  return { extension, seen };
}

test('the server is started for cards and board.yml', async () => {
  const { extension, seen } = host({ command: '/opt/kanban', language: 'fr' });
  await extension.activate({ subscriptions: [] });
  const [, , server, options] = seen.made[0];
  assert.deepEqual(server, { command: '/opt/kanban', args: ['--lang', 'fr', 'lsp'] });
  assert.deepEqual(options.initializationOptions, { asks: true });
  assert.equal(options.documentSelector.length, 2);
  await seen.commands['kanban.restart']();
  assert.equal(seen.made.length, 2);
  await extension.deactivate();
  assert.equal(seen.stopped, true);
});

test('a server that does not start is told with its cure', async () => {
  const { extension, seen } = host({}, [], Promise.reject(new Error('no such program')));
  await extension.activate({ subscriptions: [] });
  assert.match(seen.errors[0], /pip install "git-kanban\[lsp\]"/);
  assert.deepEqual(seen.copied, ['pip install "git-kanban[lsp]"']);
});

test('a gesture that needs words asks for each', async () => {
  const { extension, seen } = host({}, ['legal review', '-call them', 'Zoé']);
  await extension.activate({ subscriptions: [] });
  await seen.commands['kanban.ask']('file:///a.md', ['block', 'acme'], ['--cause', '--next', '--who']);
  assert.deepEqual(seen.asked, ['What blocks?', 'What will unblock it?', 'Who unblocks it?']);
  const line = ['block', '--cause=legal review', '--next=-call them', '--who=Zoé', '--', 'acme'];
  assert.deepEqual(seen.ran, [['kanban.gesture', 'file:///a.md', ...line]]);
});

test('giving up makes no gesture, and what may be empty is left out', async () => {
  const answers = (list) => async () => list.shift();
  assert.equal(await words(['block', 'a'], ['--cause', '--next'], answers(['x', undefined])), undefined);
  assert.equal(await words(['block', 'a'], ['--cause'], answers([' '])), undefined);
  const note = ['TEXT', '--next', '--on'];
  assert.deepEqual(await words(['note', 'a'], note, answers(['-hi', '', ''])), ['note', '--', 'a', '-hi']);
});

test('every question has its French', () => {
  const french = require('../l10n/bundle.l10n.fr.json');
  const source = ['../asking.js', '../extension.js']
    .map((name) => require('node:fs').readFileSync(require.resolve(name), 'utf8'))
    .join('\n');
  for (const text of Object.keys(french)) assert.ok(source.includes(text), text);
});
