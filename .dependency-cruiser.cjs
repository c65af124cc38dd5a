/** The import arrows of the architecture. Rooms are listed from the ground up: each may import only those listed for it. */

/**
 * @param base the folder whose rooms these are
 * @param allowed what each may import besides itself; a room is a folder, or a file without its extension
 * @param common what all of them may import
 * @param door a file in one of them that puts all together: it may import any
 */
const rooms = (base, allowed, { common = [], door } = {}) =>
  Object.entries(allowed).map(([room, others]) => ({
    name: `${base}/${room}`.replaceAll('/', '-'),
    comment: `of ${base}/, ${room} may import only itself${others.length ? ` and ${others.join(', ')}` : ''}`,
    severity: 'error',
    from: { path: within(base, [room]), ...(door && { pathNot: `^${base}/${door}$` }) },
    to: { path: `^${base}/`, pathNot: within(base, [room, ...others, ...common]) },
  }));

const within = (base, names) => `^${base}/(${names.join('|')})(/|\\.tsx?$)`;

module.exports = {
  forbidden: [
    ...rooms(
      'models',
      {
        image: [],
        graph: [],
        runtime: [],
        features: ['image', 'runtime'],
        face: ['image', 'runtime'],
        segment: ['image', 'graph', 'runtime', 'face'],
        synthesis: ['image'],
        inpaint: ['image', 'synthesis'],
        composite: ['image'],
        upscale: ['graph', 'runtime', 'image'],
        track: ['image', 'graph', 'runtime', 'face', 'upscale'],
        proportions: ['image', 'face', 'synthesis', 'weights'],
        stylize: [
          'proportions',
          'image',
          'face',
          'segment',
          'synthesis',
          'inpaint',
          'composite',
          'upscale',
          'weights',
        ],
        sequence: ['track', 'proportions', 'image', 'face', 'segment', 'synthesis', 'composite', 'stylize'],
        'style-file': ['image', 'graph', 'runtime', 'face', 'upscale', 'stylize'],
        adapt: [
          'image',
          'graph',
          'runtime',
          'face',
          'synthesis',
          'upscale',
          'stylize',
          'style-file',
          'weights',
        ],
      },
      { common: ['errors', 'lazy'] },
    ),
    ...rooms('renderer', {
      core: [],
      provenance: ['core'],
      export: ['provenance', 'core'],
      ledger: ['provenance', 'core'],
      evaluation: ['export', 'ledger', 'provenance', 'core'],
      server: ['export', 'ledger', 'provenance', 'core'],
      rating: ['ledger', 'provenance', 'core'],
      cli: ['server', 'rating', 'evaluation', 'export', 'ledger', 'provenance', 'core'],
    }),
    ...rooms(
      'renderer/core',
      {
        errors: [],
        version: [],
        'check-manifest': [],
        files: [],
        processes: [],
        pictures: ['files'],
        styles: ['pictures', 'files'],
        sequences: ['pictures', 'files', 'processes'],
        engine: ['sequences', 'pictures', 'files'],
      },
      { common: ['errors', 'version'] },
    ),
    ...rooms(
      'renderer/server',
      {
        database: [],
        storage: [],
        ledger: ['database'],
        intake: [],
        jobs: ['intake', 'database', 'storage'],
        traces: [],
        worker: ['jobs', 'traces', 'database', 'storage'],
        backup: ['database', 'storage'],
        metrics: ['worker', 'jobs', 'database'],
        http: ['metrics', 'traces', 'worker', 'jobs', 'intake', 'ledger', 'database', 'storage'],
      },
      { common: ['address-error'] },
    ),
    ...rooms('renderer/rating', {
      statistics: [],
      plan: [],
      server: ['plan'],
      report: ['server', 'plan', 'statistics'],
    }),
    ...rooms('renderer/cli', {
      terminal: [],
      options: ['terminal'],
      batch: ['options', 'terminal'],
      inspect: ['options', 'terminal'],
      commands: ['batch', 'inspect', 'options', 'terminal'],
    }),
    ...rooms(
      'ui',
      {
        pictures: [],
        renderer: [],
        preview: ['pictures', 'renderer'],
        app: ['preview', 'pictures', 'renderer'],
        components: ['app'],
        screens: ['components', 'app'],
      },
      { door: 'app/open-window\\.tsx' },
    ),
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
      name: 'renderer-and-window-are-strangers',
      comment: 'they share models/ and protocol/ only',
      severity: 'error',
      from: { path: '^(renderer|ui)/' },
      to: { path: '^(renderer|ui|plugin)/', pathNot: '^$1/' },
    },
    {
      name: 'product-imports-no-scripts',
      comment: 'what ships does not depend on build, training or test code',
      severity: 'error',
      from: { path: '^(models|protocol|renderer|plugin|ui)/' },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'service-opens-no-files',
      comment: 'what anybody sends is opened in processes that can be killed: see renderer/server/intake/',
      severity: 'error',
      from: { path: '^renderer/server/(http|jobs|database|storage|ledger|start-renderer)' },
      to: { path: '^renderer/(export/|core/pictures/read-picture)|^node_modules/(sharp|@xmldom|css-tree)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^models/synthesis/kernels/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
