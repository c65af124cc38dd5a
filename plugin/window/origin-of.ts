import { ChannelError } from '../../protocol/envelope.ts';

/** Scheme, host and port of a web address. Figma's sandbox has no URL class. */
export function originOf(url: string): string {
  const origin = /^https?:\/\/[^/?#\s@]+/i.exec(url)?.[0];
  if (!origin) throw new ChannelError('BAD_MESSAGE', `${url} is not a web address.`);
  return origin.toLowerCase();
}
