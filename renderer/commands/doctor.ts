/** `limner doctor`: what this machine can do, and why not more. */
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import sharp from 'sharp';
import { availableDevices, type DeviceReport, loadWeights } from '../../models/runtime/index.ts';
import type { Io } from '../cli/io.ts';
import { VERSION } from '../cli/version.ts';

/** The networks that `render` runs. */
const WEIGHTS = ['blazeface', 'facemesh', 'faceres', 'selfie'];

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
  weights: { name: string; bytes: number | null }[];
}

async function examine(): Promise<Findings> {
  const devices = await availableDevices();
  const weights = await Promise.all(
    WEIGHTS.map(async (name) => ({
      name,
      bytes: await loadWeights(name).then(
        (file) => file.length,
        () => null,
      ),
    })),
  );
  const versions = {
    limner: VERSION,
    node: process.versions.node,
    onnxruntime: createRequire(import.meta.url)('onnxruntime-node/package.json').version as string,
    sharp: sharp.versions.sharp ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
  };
  const ready = devices.some(({ available }) => available) && weights.every(({ bytes }) => bytes !== null);
  return { ready, versions, devices, weights };
}

function describe({ ready, versions, devices, weights }: Findings): string {
  const auto = devices.find(({ available }) => available)?.device;
  return [
    ...Object.entries(versions).map(([name, version]) => `${name.padEnd(12)} ${version}`),
    '',
    'Devices, best first:',
    ...devices.map(({ device, available, reason }) => {
      const state = available
        ? `available${device === auto ? ', used by --device auto' : ''}`
        : `no: ${reason}`;
      return `  ${device.padEnd(10)} ${state}`;
    }),
    '',
    'Weights:',
    ...weights.map(
      ({ name, bytes }) => `  ${name.padEnd(10)} ${bytes === null ? 'missing' : `${bytes} bytes`}`,
    ),
    '',
    ready ? 'Ready.' : 'Not ready: see above.',
  ].join('\n');
}
