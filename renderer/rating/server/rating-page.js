// @ts-check
/**
 * The page of `limner rate serve`. It knows opaque names of pictures alone. Each picture is shown pixel for pixel; the next ones
 * are fetched while one is looked at; time counts while the page is seen and not paused.
 */

/**
 * @typedef {{ value: number, label: string }} Answer
 * @typedef {{ scale: string, ask: string, besideIs?: string, answers: Answer[], minimumSeconds: number }} Question
 * @typedef {{ question: number, stimuli: string[], beside?: string, answer?: number }} Showing
 * @typedef {{ rater: string, questions: Question[], showings: Showing[], done: number, active: number, most: number,
 *   isOver: boolean, sizes: Record<string, [number, number]> }} Session
 */

/** Showings whose pictures are fetched ahead. */
const AHEAD = 3;
/** Milliseconds of grey between two showings. */
const GREY = 400;
const NAME_KEY = 'limner-rater';

const SCREENS = ['welcome', 'instructions', 'trial', 'paused', 'finished', 'erased', 'failed'];

/** @type {(id: string) => HTMLElement} */
const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Session | null} */
let session = null;
/** Milliseconds of active time before the present stretch, and when that began; null while no time counts. */
let active = 0;
/** @type {number | null} */
let since = null;
/** When the pictures came up; null while no answer is taken. @type {number | null} */
let shownAt = null;
/** @type {Map<string, Promise<Blob>>} */
const pictures = new Map();
/** Addresses in use, to be given back. @type {string[]} */
const addresses = [];
/** What Enter does on the screen that is shown. @type {(() => void) | null} */
let onEnter = null;
/** Made anew for every showing, so that what waits for an earlier one does nothing. */
let turn = 0;

/** @param {string} path @param {{ method?: string, body?: unknown }} [options] */
async function call(path, { method = 'GET', body } = {}) {
  /** @type {Record<string, string>} */
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const { error } = await response
    .json()
    .catch(() => ({ error: { message: `The answer was ${response.status}.` } }));
  throw Object.assign(new Error([error.message, error.hint].filter(Boolean).join(' ')), { code: error.code });
}

/** @param {string} id @param {(() => void) | null} [enter] */
function show(id, enter = null) {
  for (const name of SCREENS) $(name).hidden = name !== id;
  $('bar').hidden = id !== 'trial' && id !== 'instructions';
  onEnter = enter;
  document.body.dataset['screen'] = id;
}

const activeNow = () => Math.round(active + (since === null ? 0 : performance.now() - since));

function runClock() {
  if (since === null && document.visibilityState === 'visible') since = performance.now();
}

function stopClock() {
  active = activeNow();
  since = null;
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
  active = opened.active;
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
  for (const { stimuli, beside } of showings.slice(done, done + AHEAD))
    prepare([...stimuli, ...(beside ? [beside] : [])]);
  show('instructions', proceed);
}

/** @param {number} value @param {string} scale */
function keyCap(value, scale) {
  const key = document.createElement('kbd');
  key.textContent = scale === '2AFC' ? ({ '-1': '←', 1: '→', 0: '↓' }[String(value)] ?? '') : String(value);
  return key;
}

/** @param {readonly string[]} ids */
function prepare(ids) {
  for (const id of ids) {
    if (pictures.has(id)) continue;
    const blob = fetch(`/pictures/${id}`).then((response) => {
      if (!response.ok) throw new Error(`A picture could not be fetched (${response.status}).`);
      return response.blob();
    });
    blob.catch(() => pictures.delete(id));
    pictures.set(id, blob);
  }
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
  for (const { stimuli, beside } of showings.slice(done, done + 1 + AHEAD))
    prepare([...stimuli, ...(beside ? [beside] : [])]);
  const grey = new Promise((resolve) => setTimeout(resolve, GREY));
  const figures = await layOut(showing, question);
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

/** Figures with decoded pictures, from left to right. @param {Showing} showing @param {Question} question */
async function layOut({ stimuli, beside }, { besideIs, scale }) {
  for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
  const main = await Promise.all(
    stimuli.map((id, i) => figure(id, scale === '2AFC' ? ['Left', 'Right'][i] : '')),
  );
  if (!beside) return main;
  const shown = await figure(beside, besideIs ?? '');
  return main.length === 2 ? [main[0], shown, main[1]] : [...main, shown];
}

/** @param {string} id @param {string} caption */
async function figure(id, caption) {
  prepare([id]);
  const blob = /** @type {Blob} */ (await pictures.get(id));
  const [width, height] = session?.sizes[id] ?? [0, 0];
  // A new address each time: sequences begin at their first frame, together.
  const address = URL.createObjectURL(blob);
  addresses.push(address);
  const image = new Image();
  image.alt = caption || 'The picture to be rated';
  image.src = address;
  image.style.width = `${width / devicePixelRatio}px`;
  image.style.height = `${height / devicePixelRatio}px`;
  await image.decode();
  const element = document.createElement('figure');
  const words = document.createElement('figcaption');
  words.textContent = caption;
  element.append(image, words);
  return element;
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
  forget(session.showings[session.done]);
  session.done++;
  proceed();
});

/** Lets go of pictures that do not come again soon. @param {Showing} past */
function forget(past) {
  const next = session?.showings.slice(session.done + 1, session.done + 2 + AHEAD) ?? [];
  const needed = new Set(next.flatMap(({ stimuli, beside }) => [...stimuli, beside]));
  for (const id of [...past.stimuli, past.beside]) if (id && !needed.has(id)) pictures.delete(id);
}

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
