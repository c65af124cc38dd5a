/**
 * What Figma checks of a plugin's manifest before it takes it, as far as it is documented or was reported: see
 * docs/figma.md for the source of each rule.
 */
import { z } from 'zod';

/** Characters; more are refused. */
const LONGEST_REASONING = 999;

const SCHEMES = ['http', 'https', 'ws', 'wss'];
const WILDCARD = '*.';

/**
 * A scheme of the web or of web sockets, then a host that ends in a name of letters (perhaps with a wildcard before it) or
 * `localhost`; then a path without a query. Numeric addresses are no such hosts.
 */
function isDomain(text: string): boolean {
  const [scheme, rest] = text.includes('://') ? text.split('://', 2) : ['https', text];
  if (!SCHEMES.includes(scheme)) return false;
  const bare = rest.startsWith(WILDCARD) ? rest.slice(WILDCARD.length) : rest;
  if (!URL.canParse(`http://${bare}`) || /[\s*?#@]/.test(bare) || bare !== bare.toLowerCase()) return false;
  const labels = new URL(`http://${bare}`).hostname.split('.');
  if (labels.length === 1) return labels[0] === 'localhost' && bare === rest;
  return labels.every((label) => /^[a-z\d-]+$/.test(label)) && /^[a-z]{2,}$/.test(labels[labels.length - 1]);
}

const LOCAL = /^(?:\w+:\/\/)?(?:localhost\b|[^/]*:\d)/;

const domain = z.string().refine((text) => text === '*' || isDomain(text), {
  error: ({ input }) =>
    `“${input}” must be a valid URL: a scheme and a host that ends in letters, or http://localhost:PORT. Numeric addresses such as 127.0.0.1 are refused`,
});
const allowed = z
  .array(z.string())
  .min(1, 'must not be empty; ["none"] blocks the network')
  .refine((domains) => domains.length === 1 || !domains.includes('none'), '“none” must be the only value')
  .refine((domains) => new Set(domains).size === domains.length, 'names a domain twice')
  .pipe(
    z.union([
      z.tuple([z.literal('none')]),
      z.array(domain.refine(hasScheme, 'must include a scheme, such as https://')),
    ]),
  );

function hasScheme(text: string): boolean {
  return text === '*' || /^\w+:\/\//.test(text);
}

const networkAccess = z
  .strictObject({
    allowedDomains: allowed,
    devAllowedDomains: z.array(domain).optional(),
    reasoning: z.string().max(LONGEST_REASONING).optional(),
  })
  .refine(
    ({ allowedDomains, reasoning }) =>
      Boolean(reasoning) || !allowedDomains.some((one) => one === '*' || LOCAL.test(one)),
    'needs a “reasoning” where all domains or localhost are allowed',
  );

const parameter = z.strictObject({
  name: z.string(),
  key: z.string(),
  description: z.string().optional(),
  allowFreeform: z.boolean().optional(),
  optional: z.boolean().optional(),
});

const menuItem = z.union([
  z.strictObject({ separator: z.literal(true) }),
  z.strictObject({
    name: z.string().min(1),
    command: z.string().min(1),
    parameters: z.array(parameter).min(1).optional(),
    parameterOnly: z.boolean().optional(),
  }),
]);

const EDITORS = ['figma', 'figjam', 'dev', 'slides', 'buzz'] as const;

export const manifestSchema = z.strictObject({
  name: z.string().min(1),
  id: z.string().min(1),
  api: z.literal('1.0.0'),
  main: z.string().min(1),
  ui: z.union([z.string(), z.record(z.string(), z.string())]),
  editorType: z
    .array(z.enum(EDITORS))
    .min(1)
    .refine(
      (editors) => !(editors.includes('figjam') && editors.includes('dev')),
      'cannot hold figjam and dev',
    ),
  documentAccess: z.literal('dynamic-page'),
  networkAccess,
  menu: z.array(menuItem).min(1),
  relaunchButtons: z
    .array(
      z.strictObject({
        command: z.string().min(1),
        name: z.string().min(1),
        multipleSelection: z.boolean().optional(),
      }),
    )
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** @returns what is wrong, a line each; nothing where Figma would take it */
export function checkManifest(text: string): string[] {
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'manifest.json'}: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
