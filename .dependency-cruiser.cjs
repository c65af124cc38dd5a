/** The import arrows of the architecture: each folder of models/ may import only those listed above it. */
const within = (folder, allowed) => ({
  name: `models-${folder}`,
  comment: `models/${folder} may import only itself${allowed.length ? ` and ${allowed.join(', ')}` : ''}`,
  severity: 'error',
  from: { path: `^models/${folder}/` },
  to: { path: '^models/', pathNot: `^models/(${[folder, ...allowed].join('|')})/|^models/errors\\.ts$` },
});

module.exports = {
  forbidden: [
    within('image', []),
    within('graph', []),
    within('runtime', []),
    within('face', ['image', 'runtime']),
    within('synthesis', ['image']),
    within('srgan', ['graph', 'runtime', 'image']),
    within('style', ['image', 'graph', 'runtime', 'face', 'synthesis', 'srgan', 'weights']),
    {
      name: 'models-stay-portable',
      comment: 'models/ runs unchanged in a browser: Node built-ins only in runtime/',
      severity: 'error',
      from: { path: '^models/', pathNot: '^models/runtime/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'models-know-nobody',
      comment: 'models/ imports no other top-level folder',
      severity: 'error',
      from: { path: '^models/' },
      to: { path: '^(protocol|plugin|ui|renderer|scripts|test)/' },
    },
    {
      name: 'protocol-knows-nobody',
      comment:
        'protocol/ is what both ends of a channel share: it imports itself and packages that run anywhere',
      severity: 'error',
      from: { path: '^protocol/' },
      to: { path: '^(models|renderer|plugin|ui|scripts|test)/|^node:' },
    },
    {
      name: 'plugin-stands-alone',
      comment: 'the Figma main thread imports its own files and the message protocol only',
      severity: 'error',
      from: { path: '^plugin/' },
      to: { path: '^(models|renderer|scripts|test|ui)/' },
    },
    {
      name: 'product-imports-no-scripts',
      comment: 'what ships does not depend on build, training or test code',
      severity: 'error',
      from: { path: '^(models|protocol|renderer|plugin|ui)/' },
      to: { path: '^(scripts|test)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
