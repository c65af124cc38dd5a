// @ts-check
/**
 * The page of `limner rate serve`. It knows opaque names of pictures alone. Each picture is shown pixel for pixel; the next ones
 * are fetched while one is looked at.
 */

import { activeNow, runClock, setActive, stopClock } from './clock.js';
import { fetchAhead, forget, layOut } from './pictures.js';
import { call } from './server.js';

/**
 * @typedef {{ value: number, label: string }} Answer
 * @typedef {{ scale: string, ask: string, besideIs?: string, answers: Answer[], minimumSeconds: number }} Question
 * @typedef {{ question: number, stimuli: string[], beside?: string, answer?: number }} Showing
 * @typedef {{ rater: string, questions: Question[], showings: Showing[], done: number, active: number, most: number,
 *   isOver: boolean, sizes: Record<string, [number, number]> }} Session
 */

/** Milliseconds of grey between two showings. */
const GREY = 400;
const NAME_KEY = 'limner-rater';

const SCREENS = ['welcome', 'instructions', 'trial', 'paused', 'finished', 'erased', 'failed'];

/** @type {(id: string) => HTMLElement} */
const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Session | null} */
let session = null;
/** When the pictures came up; null while no answer is taken. @type {number | null} */
let shownAt = null;
/** What Enter does on the screen that is shown. @type {(() => void) | null} */
let onEnter = null;
/** Made anew for every showing, so that what waits for an earlier one does nothing. */
let turn = 0;

/** @param {string} id @param {(() => void) | null} [enter] */
function show(id, enter = null) {
  for (const name of SCREENS) $(name).hidden = name !== id;
  $('bar').hidden = id !== 'trial' && id !== 'instructions';
  onEnter = enter;
  document.body.dataset['screen'] = id;
}

/** @param {unknown} error */
function fail(error) {
  stopClock();
  shownAt = null;
  $('message').textContent = error instanceof Error ? error.message : String(error);
  show('failed');
}

/** @template {unknown[]} A @param {(...args: A) => Promise<void>} work @returns {(...args: A) => void} */
const safely =
  (work) =>
  (...args) =>
    void work(...args).catch(fail);

/** @param {Session} opened */
function enter(opened) {
  session = opened;
  setActive(opened.active);
  localStorage.setItem(NAME_KEY, opened.rater);
  for (const element of document.querySelectorAll('.name')) element.textContent = opened.rater;
  $('minutes').textContent = String(Math.round(opened.most / 60_000));
  proceed();
}

const begin = safely(async () => {
  const screen = { width: innerWidth, height: innerHeight, ratio: devicePixelRatio };
  enter(await call('/raters', { method: 'POST', body: { screen } }));
});

/** The next showing, with instructions before it where the question is another one. */
function proceed() {
  if (!session) return;
  const { showings, done, most } = session;
  if (done >= showings.length || activeNow() >= most) return finish(done >= showings.length);
  const isFirst = done === 0 || showings[done].question !== showings[done - 1].question;
  if (isFirst && shownAt === null && document.body.dataset['screen'] !== 'instructions') return explain();
  safely(present)();
}

/** @param {boolean} isAll */
function finish(isAll) {
  stopClock();
  // The next person at this machine is another one.
  localStorage.removeItem(NAME_KEY);
  $('why').textContent = isAll
    ? 'You have seen all pictures.'
    : 'The time is up; what you answered counts in full.';
  show('finished');
}

function explain() {
  if (!session) return;
  const { showings, done, questions } = session;
  const { ask, answers, scale } = questions[showings[done].question];
  const order = [...new Set(showings.map(({ question }) => question))];
  const part = order.indexOf(showings[done].question) + 1;
  $('part').textContent = order.length > 1 ? `Part ${part} of ${order.length}` : 'The question';
  $('explained').textContent = ask;
  $('scale').replaceChildren(
    ...answers.map(({ value, label }) => {
      const row = document.createElement('li');
      row.append(keyCap(value, scale), ` ${label}`);
      return row;
    }),
  );
  $('training').hidden = showings[done].answer === undefined;
  fetchAhead(showings, done);
  show('instructions', proceed);
}

/** @param {number} value @param {string} scale */
function keyCap(value, scale) {
  const key = document.createElement('kbd');
  key.textContent = scale === '2AFC' ? ({ '-1': '←', 1: '→', 0: '↓' }[String(value)] ?? '') : String(value);
  return key;
}

async function present() {
  if (!session) return;
  const mine = ++turn;
  const { showings, done, questions } = session;
  const showing = showings[done];
  const question = questions[showing.question];
  shownAt = null;
  setAnswers(question, true);
  $('pictures').className = 'waiting';
  $('ask').textContent = question.ask;
  $('meant').textContent = '';
  /** @type {HTMLProgressElement} */ ($('progress')).value = done / showings.length;
  show('trial');
  runClock();
  fetchAhead(showings, done);
  const grey = new Promise((resolve) => setTimeout(resolve, GREY));
  const figures = await layOut(showing, question, session.sizes);
  await grey;
  if (mine !== turn || document.body.dataset['screen'] !== 'trial') return;
  $('pictures').replaceChildren(...figures);
  checkFit();
  $('pictures').className = '';
  document.body.dataset['place'] = String(done);
  await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
  shownAt = performance.now();
  const wait = showing.answer === undefined ? question.minimumSeconds * 1000 : 0;
  const meant = question.answers.find(({ value }) => value === showing.answer);
  if (meant)
    $('meant').textContent =
      `Example: this is meant by ${meant.value}, ${meant.label}. Press ${meant.value}.`;
  setTimeout(() => mine === turn && shownAt !== null && setAnswers(question, false), wait);
}

/** @param {Question} question @param {boolean} isDisabled */
function setAnswers({ answers, scale }, isDisabled) {
  $('answers').replaceChildren(
    ...answers.map(({ value, label }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.disabled = isDisabled;
      button.dataset['value'] = String(value);
      button.append(label, keyCap(value, scale));
      button.addEventListener('click', () => answer(value));
      return button;
    }),
  );
}

/** Pictures that do not fit could not be compared at a glance. */
function checkFit() {
  const { scrollWidth, clientWidth } = document.documentElement;
  $('small').hidden = scrollWidth <= clientWidth;
  $('small').textContent =
    `Please make this window wider: the pictures need ${scrollWidth} px, it has ${clientWidth}.`;
}

const answer = safely(async (/** @type {number} */ value) => {
  if (!session || shownAt === null) return;
  const button = document.querySelector(`#answers button[data-value="${value}"]`);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  const milliseconds = Math.round(performance.now() - shownAt);
  shownAt = null;
  for (const other of document.querySelectorAll('#answers button'))
    if (other instanceof HTMLButtonElement) other.disabled = true;
  const vote = { place: session.done, value, milliseconds, active: activeNow() };
  await call(`/raters/${session.rater}/votes`, { method: 'POST', body: vote });
  forget(session.showings, session.done);
  session.done++;
  proceed();
});

const pause = safely(async () => {
  if (!session || $('bar').hidden) return;
  turn++;
  shownAt = null;
  stopClock();
  show('paused', resume);
  await call(`/raters/${session.rater}/steps`, {
    method: 'POST',
    body: { kind: 'pause', active: activeNow() },
  });
});

const resume = safely(async () => {
  if (!session) return;
  await call(`/raters/${session.rater}/steps`, {
    method: 'POST',
    body: { kind: 'resume', active: activeNow() },
  });
  proceed();
});

const erase = safely(async () => {
  if (!session || !confirm('Erase all your answers? This cannot be undone.')) return;
  await call(`/raters/${session.rater}`, { method: 'DELETE' });
  localStorage.removeItem(NAME_KEY);
  session = null;
  show('erased');
});

/** @param {string} name */
const comeBack = safely(async (/** @type {string} */ name) => {
  enter(await call(`/raters/${encodeURIComponent(name)}`));
});

/** @type {Record<string, number>} */
const SIDE_KEYS = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: 0 };

addEventListener('keydown', (event) => {
  if (
    event.repeat ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.target instanceof HTMLInputElement
  )
    return;
  if (event.key === 'Enter' && onEnter && !(event.target instanceof HTMLButtonElement)) {
    event.preventDefault();
    onEnter();
  } else if (event.key === 'p' || event.key === 'P') pause();
  else if (session && document.body.dataset['screen'] === 'trial') {
    const { scale } = session.questions[session.showings[session.done].question];
    const value = scale === '2AFC' ? SIDE_KEYS[event.key] : Number(event.key);
    if (value === undefined || Number.isNaN(value)) return;
    event.preventDefault();
    answer(value);
  }
});

// What is not seen is not looked at.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') pause();
});
addEventListener('resize', checkFit);

$('begin').addEventListener('click', begin);
$('start').addEventListener('click', proceed);
$('resume').addEventListener('click', resume);
$('pause').addEventListener('click', pause);
for (const id of ['again', 'next']) $(id).addEventListener('click', () => location.reload());
for (const button of document.querySelectorAll('.erase')) button.addEventListener('click', erase);
$('return').addEventListener('submit', (event) => {
  event.preventDefault();
  comeBack(/** @type {HTMLInputElement} */ ($('name')).value.trim().toLowerCase());
});

const known = localStorage.getItem(NAME_KEY);
if (known) /** @type {HTMLInputElement} */ ($('name')).value = known;
show('welcome', begin);
