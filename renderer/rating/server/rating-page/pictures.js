// @ts-check
/** The pictures of showings: fetched ahead, decoded before they are shown, let go afterwards. */

/** @import { Question, Showing } from './page.js' */

/** Showings whose pictures are fetched ahead. */
const AHEAD = 3;

/** @type {Map<string, Promise<Blob>>} */
const pictures = new Map();
/** Addresses in use, to be given back. @type {string[]} */
const addresses = [];

/** @param {readonly Showing[]} showings @param {number} place that is shown next */
export function fetchAhead(showings, place) {
  for (const id of idsOf(showings.slice(place, place + 1 + AHEAD))) fetchPicture(id);
}

/** Lets go of pictures that do not come again soon. @param {readonly Showing[]} showings @param {number} place that is past */
export function forget(showings, place) {
  const needed = new Set(idsOf(showings.slice(place + 1, place + 2 + AHEAD)));
  for (const id of idsOf([showings[place]])) if (!needed.has(id)) pictures.delete(id);
}

/** @param {readonly Showing[]} showings */
const idsOf = (showings) =>
  showings.flatMap(({ stimuli, beside }) => (beside ? [...stimuli, beside] : stimuli));

/** @param {string} id */
function fetchPicture(id) {
  const known = pictures.get(id);
  if (known) return known;
  const blob = fetch(`/pictures/${id}`).then((response) => {
    if (!response.ok) throw new Error(`A picture could not be fetched (${response.status}).`);
    return response.blob();
  });
  blob.catch(() => pictures.delete(id));
  pictures.set(id, blob);
  return blob;
}

/**
 * Figures with decoded pictures, from left to right.
 * @param {Showing} showing @param {Question} question @param {Record<string, [number, number]>} sizes
 */
export async function layOut({ stimuli, beside }, { besideIs, scale }, sizes) {
  for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
  const main = await Promise.all(
    stimuli.map((id, i) => figure(id, scale === '2AFC' ? ['Left', 'Right'][i] : '', sizes)),
  );
  if (!beside) return main;
  const shown = await figure(beside, besideIs ?? '', sizes);
  return main.length === 2 ? [main[0], shown, main[1]] : [...main, shown];
}

/** @param {string} id @param {string} caption @param {Record<string, [number, number]>} sizes */
async function figure(id, caption, sizes) {
  const blob = await fetchPicture(id);
  const [width, height] = sizes[id] ?? [0, 0];
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
