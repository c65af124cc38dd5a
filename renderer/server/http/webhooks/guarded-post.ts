/** POSTs that cannot be turned against the machine's own network (SSRF). */
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LimnerError } from '../../../../models/errors.ts';

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Host names whose addresses may be private. */
  readonly allowedHosts: readonly string[];
}

const MOST_REDIRECTS = 3;
const TIMEOUT = 10_000;

/**
 * Every address is checked after the name was resolved, and is the one connected to; every redirect is checked the same way.
 * @returns the status @throws WEBHOOK_REFUSED, and what the connection throws
 */
export async function guardedPost(url: string, options: PostOptions): Promise<number> {
  let target = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { status, location } = await postOnce(target, options);
    if (status < 300 || status >= 400 || !location) return status;
    target = new URL(location, target).href;
  }
  throw new LimnerError('WEBHOOK_REFUSED', 'The webhook redirects too often.');
}

/** Refuses what can be refused without asking DNS. @throws WEBHOOK_REFUSED */
export function refuseWebhook(url: string, allowedHosts: readonly string[]): void {
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new LimnerError('WEBHOOK_REFUSED', 'A webhook needs an address with http or https.');
  if (username || password)
    throw new LimnerError('WEBHOOK_REFUSED', 'A webhook may have no user name or password in its address.');
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) && !allowedHosts.includes(hostname)) refuseAddress(address);
}

function refuseAddress(address: string): void {
  if (isPublic(address)) return;
  throw new LimnerError('WEBHOOK_REFUSED', 'The address of the webhook is private.');
}

/** Neither private, loopback, link-local, reserved …, nor one of these wrapped into IPv6. */
export function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // What is assigned of IPv6; ::7f00:1, the deprecated form of 127.0.0.1, and much else is not.
  return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0] & 0xe0) === 0x20;
}

function postOnce(url: string, options: PostOptions): Promise<{ status: number; location?: string }> {
  refuseWebhook(url, options.allowedHosts);
  const { protocol, hostname } = new URL(url);
  const isAllowed = options.allowedHosts.includes(hostname);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...options.headers, 'content-length': Buffer.byteLength(options.body) },
        lookup: isAllowed ? undefined : publicLookup,
        signal: AbortSignal.timeout(TIMEOUT),
        // A connection kept open would not be looked up again.
        agent: false,
      },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, location: response.headers.location });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Resolves names to public addresses only. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const refused = addresses.find(({ address }) => !isPublic(address));
    if (refused || addresses.length === 0)
      return callback(new LimnerError('WEBHOOK_REFUSED', 'The address of the webhook is private.'), '');
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0].address, addresses[0].family);
  });
};
