/** The renderer's HTTP API: what is sent and what comes back. See ./client/index.ts for the client. */
export * from './consent.ts';
export * from './delivery.ts';
export * from './errors.ts';
export * from './identifiers.ts';
export * from './job.ts';
export * from './job-request.ts';
export * from './picture.ts';
export * from './settings.ts';
export * from './status.ts';
export * from './style.ts';
export * from './text.ts';
export * from './token.ts';
