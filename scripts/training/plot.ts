import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';

const [WIDTH, HEIGHT, MARGIN] = [900, 600, 60];

interface Curve {
  readonly title: string;
  readonly points: readonly (readonly [step: number, value: number])[];
  readonly top: number;
}

/** Draws the columns `loss` and `validation` of a CSV log over `step` as a PNG. */
export async function plotLog(csv: string, png: string, measure: string): Promise<void> {
  if (!existsSync(csv)) return;
  const [head, ...rows] = readFileSync(csv, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const column = (name: string) => {
    const at = head.indexOf(name);
    return rows.filter((row) => row[at]).map((row) => [Number(row[0]), Number(row[at])] as const);
  };
  const half = (HEIGHT - MARGIN) / 2;
  const curves: Curve[] = [
    { title: 'loss', points: column('loss'), top: 20 },
    { title: `validation: ${measure}`, points: column('validation'), top: 20 + half },
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">
    <rect width="100%" height="100%" fill="white"/>${curves.map((curve) => draw(curve, half - 40)).join('')}</svg>`;
  await sharp(Buffer.from(svg)).png().toFile(png);
}

function draw({ title, points, top }: Curve, height: number): string {
  if (points.length === 0) return '';
  const values = points.map(([, value]) => value).sort((a, b) => a - b);
  const [low, high] = [values[0], values[Math.floor((values.length - 1) * 0.99)]];
  const last = points.at(-1)![0];
  const x = (step: number): number => MARGIN + ((WIDTH - 2 * MARGIN) * step) / last;
  const y = (value: number): number => top + height * (1 - (Math.min(value, high) - low) / (high - low || 1));
  const line = points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return `<text x="${MARGIN}" y="${top - 4}">${title}</text>
    <text x="8" y="${top + 8}">${high.toPrecision(4)}</text><text x="8" y="${top + height}">${low.toPrecision(4)}</text>
    <text x="${WIDTH - MARGIN}" y="${top + height + 14}" text-anchor="end">step ${last}</text>
    <rect x="${MARGIN}" y="${top}" width="${WIDTH - 2 * MARGIN}" height="${height}" fill="none" stroke="#ccc"/>
    <polyline points="${line}" fill="none" stroke="#0a58ca"/>`;
}
