/** `limner doctor`: what this machine can do, and why not more; whether Figma would take the plugin. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import sharp from 'sharp';
import {
  availableDevices,
  bestDevice,
  type DeviceName,
  type DeviceReport,
  loadWeights,
} from '../../../models/runtime/index.ts';
import { checkManifest } from '../../core/check-manifest.ts';
import { BEST_FIRST } from '../../core/engine/open-enlarger.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { versionOf } from '../../core/sequences/ffmpeg.ts';
import { VERSION } from '../../core/version.ts';
import type { Io } from '../terminal/io.ts';

/** Without these no portrait can be restyled. */
const NEEDED = ['blazeface', 'facemesh', 'lips', 'faceres', 'selfie', 'parsing'];

const HELP = `
Examples:
  $ limner doctor
  $ limner doctor --manifest our-manifest.json     after adding your team's address to it

Exit codes: 0 when portraits can be rendered here and Figma would take the manifest, 4 when not.`;

export function addDoctorCommand(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('doctor')
    .description(
      'Show devices, versions and weights, why a device is not available, and what Figma would refuse.',
    )
    .option('--json', 'print JSON', false)
    .option(
      '--manifest <file>',
      "the Figma plugin's manifest; that of this checkout, if it is one, unless given",
    )
    .addHelpText('after', HELP)
    .action(async ({ json, manifest }: { json: boolean; manifest?: string }) => {
      const findings = await examine(manifest);
      io.out(json ? JSON.stringify(findings) : describe(findings));
      exit(findings.ready && !findings.manifest?.faults.length ? 0 : 4);
    });
}

interface Findings {
  ready: boolean;
  versions: Record<string, string>;
  devices: DeviceReport[];
  /** What `--device auto` takes. */
  auto: DeviceName | null;
  weights: { name: string; bytes: number | null; for: 'render' | 'enlarging' }[];
  /** Of the Figma plugin, with what Figma would refuse of it; null where there is none to check. */
  manifest: { file: string; faults: string[] } | null;
}

async function examine(manifest: string | undefined): Promise<Findings> {
  const devices = await availableDevices();
  const auto = (await bestDevice()) ?? null;
  const weights = await Promise.all([
    ...NEEDED.map(async (name) => ({ name, bytes: await sizeOf(name), for: 'render' as const })),
    ...BEST_FIRST.map(async (name) => ({ name, bytes: await sizeOf(name), for: 'enlarging' as const })),
  ]);
  const versions = {
    limner: VERSION,
    node: process.versions.node,
    onnxruntime: createRequire(import.meta.url)('onnxruntime-node/package.json').version as string,
    sharp: sharp.versions.sharp ?? 'unknown',
    ffmpeg: await ffmpegVersion(),
    platform: `${process.platform} ${process.arch}`,
  };
  const isComplete = weights.every(({ for: use, bytes }) => use === 'enlarging' || bytes !== null);
  return {
    ...{ ready: isComplete && auto !== null, versions, devices, auto, weights },
    manifest: manifest === undefined ? await examineOwn() : await examineManifest(manifest),
  };
}

/** @throws what reading a file throws */
async function examineManifest(file: string) {
  return { file, faults: checkManifest(new TextDecoder().decode(await readFileBytes(file))) };
}

/** The manifest of a checkout; what is installed has none. */
async function examineOwn() {
  const file = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../../manifest.json' : '../manifest.json', import.meta.url),
  );
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : { file, faults: checkManifest(text) };
}

/** Both programs are needed for videos; GIF, WebP and folders do without. */
async function ffmpegVersion(): Promise<string> {
  const [ffmpeg, ffprobe] = await Promise.all([versionOf('ffmpeg'), versionOf('ffprobe')]);
  return ffmpeg && ffprobe ? ffmpeg : 'none: limner sequence reads and writes no videos';
}

const sizeOf = (name: string): Promise<number | null> =>
  loadWeights(name).then(
    (file) => file.length,
    () => null,
  );

function describe({ ready, versions, devices, auto, weights, manifest }: Findings): string {
  const enlarger = weights.find(({ for: use, bytes }) => use === 'enlarging' && bytes !== null)?.name;
  return [
    ...Object.entries(versions).map(([name, version]) => `${name.padEnd(12)} ${version}`),
    '',
    'Devices, best first:',
    ...devices.map(({ device, available, reason }) => {
      const use = device === auto ? ', used by --device auto' : reason ? `; ${reason}` : '';
      const state = available ? `available${use}` : `no: ${reason}`;
      return `  ${device.padEnd(10)} ${state}`;
    }),
    '',
    'Weights:',
    ...weights.map(
      ({ name, bytes, for: use }) =>
        `  ${name.padEnd(10)} ${bytes === null ? 'missing' : `${bytes} bytes`}, for ${use}${name === enlarger ? ', used by default' : ''}`,
    ),
    ...(manifest ? ['', ...describeManifest(manifest)] : []),
    '',
    ready ? 'Ready.' : 'Not ready: see above.',
  ].join('\n');
}

const describeManifest = ({ file, faults }: NonNullable<Findings['manifest']>): string[] =>
  faults.length === 0
    ? [`Figma plugin: Figma takes ${file}.`]
    : [`Figma plugin: Figma would refuse ${file}:`, ...faults.map((fault) => `  ${fault}`)];
