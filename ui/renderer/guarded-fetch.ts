/**
 * `fetch`, with errors that say who blocked a request. A browser tells a page only that it failed; but it reports breaches
 * of a policy (Figma's, made of the plugin's manifest), and whether the user let the page reach this computer (Chrome 142
 * and later ask, https://developer.chrome.com/blog/local-network-access).
 */
import { RendererError } from '../../protocol/renderer-api/errors.ts';

/** Origins that the page's policy refused. */
const refused = new Set<string>();
globalThis.document?.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
  const origin = URL.parse(blockedURI)?.origin;
  if (origin) refused.add(origin);
});

/** @throws RendererError BLOCKED_BY_FIGMA, BLOCKED_BY_BROWSER; whatever `fetch` throws */
export const guardedFetch: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (cause) {
    if (init?.signal?.aborted) throw cause;
    throw (await blockOf(new URL(String(input)), cause)) ?? cause;
  }
};

async function blockOf({ origin, hostname }: URL, cause: unknown): Promise<RendererError | null> {
  // The report of a breach comes after the failure.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (refused.has(origin))
    return new RendererError('BLOCKED_BY_FIGMA', figmaBlocks(origin), { hint: OTHER_ADDRESS, cause });
  if (!isOfThisComputer(hostname) || (await mayReachThisComputer())) return null;
  return new RendererError('BLOCKED_BY_BROWSER', browserBlocks(origin), { hint: ALLOW_ACCESS, cause });
}

const figmaBlocks = (origin: string) =>
  `Figma blocks ${origin}: it is not among the addresses in the plugin’s manifest.`;
const OTHER_ADDRESS = 'Use http://localhost:8017, or have whoever manages the plugin add this address there.';
const browserBlocks = (origin: string) =>
  `${origin} cannot be reached: the browser has not let Figma connect to this computer.`;
const ALLOW_ACCESS =
  'Allow local network access (or “apps on device”) for figma.com in the site settings, left of the address bar, and test again. If it is allowed, check that the renderer runs.';

const isOfThisComputer = (hostname: string) => hostname === 'localhost' || hostname.endsWith('.localhost');

/** True where the browser does not ask. */
async function mayReachThisComputer(): Promise<boolean> {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state === 'granted';
    } catch {
      // A browser that knows no such permission.
    }
  }
  return true;
}
