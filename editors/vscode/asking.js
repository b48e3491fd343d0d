'use strict';

/** What a person is asked for each option of a gesture, in English: hosts translate. `TEXT` is a word without an option. */
const QUESTIONS = {
  '--cause': 'What blocks?',
  '--who': 'Who unblocks it?',
  '--on': 'When is it? (tomorrow 10:00, friday, +2d)',
  '--reason': 'Why?',
  TEXT: 'What was said?',
};

function question(verb, option) {
  if (option === '--next') return verb === 'block' ? 'What will unblock it?' : 'What is the next action?';
  return QUESTIONS[option] || option;
}

/** Options that may be left empty; without an answer to any other the gesture is given up. */
const MAY_BE_EMPTY = new Set(['note --next', 'note --on']);

/**
 * Asks for one option after the other and returns the verb's words, or undefined where the person gives up.
 * `ask(text)` resolves to the answer, or undefined.
 */
async function words(verb, options, ask) {
  const [name, ...rest] = verb;
  const named = [];
  const plain = [];
  for (const option of options) {
    const answer = await ask(question(name, option));
    if (answer === undefined) return undefined;
    if (answer.trim() === '') {
      if (MAY_BE_EMPTY.has(`${name} ${option}`)) continue;
      return undefined;
    }
    if (option === 'TEXT') plain.push(answer.trim());
    else named.push(`${option}=${answer.trim()}`);
  }
  // Behind `--` a text that begins with a dash is no option.
  return [name, ...named, '--', ...rest, ...plain];
}

module.exports = { question, words };
