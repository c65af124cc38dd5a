/** `limner doctor`: what this machine can do, and why not more. */
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import sharp from 'sharp';
import {
  availableDevices,
  bestDevice,
  type DeviceName,
  type DeviceReport,
  loadWeights,
} from '../../../models/runtime/index.ts';
import { BEST_FIRST } from '../../core/engine/open-enlarger.ts';
import { versionOf } from '../../core/sequences/ffmpeg.ts';
import { VERSION } from '../../core/version.ts';
import type { Io } from '../terminal/io.ts';

/** Without these no portrait can be restyled. */
const NEEDED = ['blazeface', 'facemesh', 'faceres', 'selfie', 'parsing'];

export function addDoctorCommand(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('doctor')
    .description('Show devices, versions and weights, and why a device is not available.')
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExit codes: 0 when portraits can be rendered here, 4 when not.')
    .action(async ({ json }: { json: boolean }) => {
      const findings = await examine();
      io.out(json ? JSON.stringify(findings) : describe(findings));
      exit(findings.ready ? 0 : 4);
    });
}

interface Findings {
  ready: boolean;
  versions: Record<string, string>;
  devices: DeviceReport[];
  /** What `--device auto` takes. */
  auto: DeviceName | null;
  weights: { name: string; bytes: number | null; for: 'render' | 'enlarging' }[];
}

async function examine(): Promise<Findings> {
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
  return { ready: isComplete && auto !== null, versions, devices, auto, weights };
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

function describe({ ready, versions, devices, auto, weights }: Findings): string {
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
    '',
    ready ? 'Ready.' : 'Not ready: see above.',
  ].join('\n');
}
