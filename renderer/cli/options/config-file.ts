/** `--config FILE`: options of serve and worker in a file, so that what runs can be reviewed and kept. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';

const text = z.string().min(1);
const texts = z.array(text);
const count = z.number().int().min(1);
const port = z.number().int().min(0).max(65_535);

/** Keys are the options without dashes, in camel case; `worker` and `provenance` are those of --no-worker and --no-provenance. */
export const configSchema = z
  .strictObject({
    host: text,
    port,
    metricsHost: text,
    metricsPort: port,
    traceUrl: z.url({ protocol: /^https?$/ }),
    worker: z.boolean(),
    allowHost: texts,
    allowOrigin: texts,
    allowWebhook: texts,
    trustProxy: texts,
    retention: count,
    consent: z.enum(['optional', 'required']),
    maxBody: count,
    maxEdge: count,
    maxQueue: count,
    rate: count,
    data: text,
    databaseUrl: text,
    storage: text,
    device: z.enum(['auto', 'cpu', 'cuda', 'webgpu']),
    processes: count,
    gpus: texts,
    maxSeconds: count,
    maxPixels: count,
    drain: z.number().int().min(0),
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    provenance: z.boolean(),
    signCert: text,
    signKey: text,
  })
  .partial();

/**
 * Adds `--config`. What the command line or the environment says counts more than the file, the file more than defaults.
 * One file may serve several commands: keys that this one has no option for are left to the others.
 */
export const addConfigOption = (command: Command): Command =>
  command
    .option(
      '--config <file>',
      'options in a JSON file, as {"port": 8017, "allowHost": ["render.example.com"]}',
    )
    .hook('preAction', async () => {
      const path: unknown = command.getOptionValue('config');
      if (typeof path !== 'string') return;
      const known = new Set(command.options.map((option) => option.attributeName()));
      for (const [key, value] of Object.entries(await readConfig(path))) {
        const source = command.getOptionValueSource(key);
        if (known.has(key) && (source === undefined || source === 'default'))
          command.setOptionValueWithSource(key, value, 'config');
      }
    });

/** @throws NOT_READABLE, CONFIG_INVALID, which names every key that is wrong */
async function readConfig(path: string): Promise<z.infer<typeof configSchema>> {
  const content = await readFile(path, 'utf8').catch((cause) => {
    throw new LimnerError('NOT_READABLE', `The config file ${path} cannot be read.`, { cause });
  });
  const parsed = configSchema.safeParse(parseJson(path, content));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path: at, message }) =>
    at.length ? `${at.join('.')}: ${message}` : message,
  );
  throw new LimnerError('CONFIG_INVALID', `The config file ${path} is not right: ${issues.join('; ')}.`);
}

function parseJson(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new LimnerError(
      'CONFIG_INVALID',
      `The config file ${path} is no JSON: ${(cause as Error).message}.`,
      { cause },
    );
  }
}
