/** What deploy/ says exists: commands, options, files; and that it is what those who read it take. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { configSchema } from '../renderer/cli/options/config-file.ts';
import { runLimner } from './renderer/run-limner.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = readdirSync(fileURLToPath(new URL('deploy/', root)));

it.each(files)('deploy/%s names only options that serve or worker has', async (name) => {
  const help = await Promise.all(
    ['serve', 'worker'].map(async (command) => (await runLimner(['help', command])).out),
  );
  const known = new Set(help.join().match(/--[a-z-]+/g));
  const ours = read(`deploy/${name}`)
    .split('\n')
    .filter((line) => /limner (serve|worker)|"(serve|worker)"|\[(serve|worker),|^ +- --/.test(line));
  const named = ours.join().match(/--[a-z-]+/g) ?? [];
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});

describe('the images', () => {
  const dockerfile = read('deploy/Dockerfile');
  const [, copied] = /COPY (package.*) \.\/\n/.exec(dockerfile)!;

  it('copy what there is', () => {
    expect(copied.split(' ').filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it.each([
    ['gpu', 'ubuntu'],
    ['cpu', 'node'],
  ])('%s runs as nobody in particular, from the package alone', (name, user) => {
    const stage = dockerfile.split(/^FROM /m).find((one) => one.split('\n')[0].endsWith(` AS ${name}`))!;
    expect(stage).toContain(`\nUSER ${user}\n`);
    expect(stage).toContain('COPY --from=package');
    expect(stage).toMatch(/^HEALTHCHECK/m);
    expect(stage).not.toMatch(/^COPY \. /m);
  });

  it('the last is what is built unless another is named', () => {
    expect(dockerfile.match(/^FROM .*$/gm)!.at(-1)).toMatch(/ AS cpu$/);
  });

  it('what the one for GPUs fetches is what ONNX Runtime offers', () => {
    const [, wanted] = /ONNXRUNTIME_NODE_INSTALL=(\S+)/.exec(dockerfile)!;
    const offered = read('node_modules/onnxruntime-node/script/install-metadata.js');
    expect(offered).toMatch(new RegExp(`linux/x64['"]: \\[[^\\]]*['"]${wanted}['"]`));
  });
});

describe('Kubernetes', () => {
  interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly data?: Readonly<Record<string, string>>;
  }
  const manifests = parseAllDocuments(read('deploy/kubernetes.yaml')).map((one) => one.toJS() as Manifest);

  it('takes every manifest, field by field', () => {
    const text = manifests.map((manifest, i) => {
      const group = manifest.apiVersion.replace(/\.k8s\.io/, '');
      const from = group.includes('/') ? group : `core/${group}`;
      return `import type { ${manifest.kind} as T${i} } from 'kubernetes-types/${from}';
        export const m${i}: T${i} = ${JSON.stringify(manifest)};`;
    });
    expect(faultsOf(text.join('\n'))).toEqual([]);
    const wrong = text.join('\n').replace('"readinessProbe"', '"readynessProbe"');
    expect(faultsOf(wrong).join()).toContain('readynessProbe');
  });

  it('gives the renderer a config file that it takes', () => {
    const config = manifests.find(({ kind }) => kind === 'ConfigMap')!.data!['config.json'];
    expect(configSchema.parse(JSON.parse(config))).toMatchObject({ metricsPort: 9017 });
  });

  it('scales by a metric that there is, a workload that there is', () => {
    const { spec } = parse(read('deploy/kubernetes-autoscaling.yaml'));
    expect(manifests.map(({ metadata }) => metadata.name)).toContain(spec.scaleTargetRef.name);
    const [metric] = /limner_\w+/.exec(spec.triggers[0].metadata.query)!;
    expect(read('renderer/server/metrics/queue-gauges.ts')).toContain(`'${metric}'`);
  });
});

/** What the compiler says of a file beside this one that is only thought of. */
function faultsOf(text: string): string[] {
  const path = fileURLToPath(new URL('manifests.ts', import.meta.url));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es5.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const readReal = host.readFile.bind(host);
  host.readFile = (name) => (name === path ? text : readReal(name));
  const getReal = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === path ? ts.createSourceFile(name, text, version) : getReal(name, version);
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
it.skipIf(!hasSystemd)('systemd takes the unit', () => {
  const unit = fileURLToPath(new URL('deploy/limner.service', root));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
