/**
 * The one error catalogue of Limner. A code never changes its meaning once released; clients may switch on it.
 * `status` is the HTTP status the service answers with, `exit` the exit code of the command line, `hint` what to do next.
 */
export const ERRORS = {
  CONFIG_INVALID: {
    status: 400,
    exit: 2,
    hint: 'limner help serve names the options; keys are the same without dashes, in camel case.',
  },
  USAGE: { status: 400, exit: 2, hint: 'Run the command with --help to see what it takes.' },
  NOT_FOUND: { status: 404, exit: 3, hint: 'Check the path.' },
  NOT_READABLE: { status: 400, exit: 3, hint: 'Check the permissions of the file.' },
  NOT_A_FILE: { status: 400, exit: 3, hint: 'Name a picture file.' },
  FILE_TOO_LARGE: { status: 413, exit: 3, hint: 'Export the picture in a smaller size.' },
  FILE_TOO_COMPLEX: { status: 422, exit: 3, hint: 'Export it again in a smaller or simpler form.' },
  EMPTY_FILE: { status: 422, exit: 3, hint: 'Export or download the picture again.' },
  UNSUPPORTED_FORMAT: { status: 415, exit: 3, hint: 'Use PNG, JPEG, WebP, AVIF, TIFF or GIF.' },
  TRUNCATED_PICTURE: { status: 422, exit: 3, hint: 'Export or download the picture again.' },
  CORRUPT_PICTURE: { status: 422, exit: 3, hint: 'Export or download the picture again.' },
  ANIMATED_PICTURE: { status: 422, exit: 3, hint: 'Export a single frame and use that.' },
  FFMPEG_MISSING: {
    status: 503,
    exit: 4,
    hint: 'Install FFmpeg where Limner runs (apt-get install ffmpeg), or use a GIF, an animated WebP or a folder of pictures.',
  },
  NO_FRAMES: { status: 422, exit: 3, hint: 'Use a file with moving pictures.' },
  TOO_MANY_FRAMES: {
    status: 413,
    exit: 3,
    hint: 'Choose a part with --range or fewer pictures with --fps, or raise --max-frames or --max-seconds.',
  },
  SIZES_DIFFER: { status: 422, exit: 3, hint: 'Give pictures of one size.' },
  UNSUPPORTED_VIDEO: {
    status: 415,
    exit: 3,
    hint: 'Convert it to SDR first, with your editor or the zscale and tonemap filters of FFmpeg.',
  },
  ENCODER_FAILED: { status: 500, exit: 4, hint: 'Try another format, such as .webp, with --out.' },
  TOO_MANY_PIXELS: { status: 413, exit: 3, hint: 'Shrink the picture, or raise --max-pixels.' },
  PICTURE_TOO_SMALL: { status: 422, exit: 3, hint: 'Use a larger picture.' },
  NO_FACE: {
    status: 422,
    exit: 3,
    hint: 'Use a picture in which a face is clearly visible, larger than 64 px.',
  },
  NO_SUCH_FACE: { status: 422, exit: 3, hint: 'Choose one of them, counted from the left.' },
  NO_FACE_IN_STYLE: { status: 422, exit: 3, hint: 'Use a style reference that shows a face.' },
  NO_PICTURES: { status: 404, exit: 3, hint: 'Name a folder that has pictures in it.' },
  STYLE_DAMAGED: { status: 422, exit: 3, hint: 'Export the style again, or adapt its reference again.' },
  STYLE_TOO_LARGE: { status: 413, exit: 3, hint: 'Adapt a smaller reference.' },
  STYLE_TOO_NEW: { status: 422, exit: 3, hint: 'Update Limner to use this style.' },
  STYLE_EXISTS: {
    status: 409,
    exit: 3,
    hint: 'Choose another name with --name, or remove that style first.',
  },
  NO_CLASSIFIER: { status: 422, exit: 3, hint: 'Adapt the reference again to train one.' },
  OUTPUT_EXISTS_AS_INPUT: { status: 409, exit: 3, hint: 'Choose another name with --out.' },
  NOT_WRITABLE: { status: 500, exit: 3, hint: 'Choose a folder you may write to, with --out.' },
  BAD_WEIGHTS: { status: 422, exit: 3, hint: 'Name a network or an ONNX file that `npm run train` wrote.' },
  BAD_CERTIFICATE: {
    status: 422,
    exit: 3,
    hint: 'Give a certificate chain and its private key as PEM files.',
  },
  BAD_LEDGER: { status: 422, exit: 3, hint: 'Fetch a copy again: limner ledger export.' },
  BAD_PLAN: { status: 422, exit: 3, hint: 'Put the folder back as it was planned, or plan anew.' },
  PLAN_EXISTS: { status: 409, exit: 3, hint: 'Choose another folder with --out.' },
  BAD_VOTES: { status: 422, exit: 3, hint: 'Take the file out of votes/ if it does not belong there.' },
  NO_VOTES: { status: 404, exit: 3, hint: 'Let people vote first: limner rate serve.' },
  RATER_NOT_FOUND: { status: 404, exit: 3, hint: 'Check the name.' },
  VOTE_REFUSED: { status: 409, exit: 3, hint: 'Load the page again.' },
  BAD_GROUND_TRUTH: {
    status: 422,
    exit: 3,
    hint: 'Write one line a frame to groundtruth_rect.txt: x,y,width,height.',
  },
  BAD_SVG: { status: 422, exit: 3, hint: 'Export the frame from Figma as SVG again.' },
  UNSAFE_SVG: { status: 422, exit: 3, hint: 'Remove it, or embed what it refers to.' },
  NO_LAYER: {
    status: 422,
    exit: 3,
    hint: 'Export the frame with "Include id attribute", and check the name.',
  },
  NOT_RESTYLED: {
    status: 422,
    exit: 3,
    hint: 'Draw it as a fill or an image of a layer, or name the layers with --portraits.',
  },
  CHROMIUM_MISSING: {
    status: 503,
    exit: 4,
    hint: 'Install Chromium or Chrome, or name one in PUPPETEER_EXECUTABLE_PATH.',
  },
  BROWSER_FAILED: { status: 500, exit: 4, hint: 'Try a smaller --scale or a simpler frame.' },
  EXPORT_TIMEOUT: { status: 504, exit: 4, hint: 'Try a smaller --scale or a simpler frame.' },
  FIGMA_FAILED: { status: 502, exit: 4, hint: 'Check the file key, the node ids and the token.' },
  CONSENT_MISSING: { status: 403, exit: 3, hint: 'Record a consent for the portrait first.' },
  CONSENT_NOT_FOUND: { status: 404, exit: 3, hint: 'Check its id.' },
  NOT_IN_LEDGER: { status: 404, exit: 3, hint: 'Check that the copy is new enough.' },
  RENDERER_FAILED: { status: 502, exit: 4, hint: 'Check the address and the token.' },
  KEY_UNAVAILABLE: {
    status: 500,
    exit: 4,
    hint: 'Set LIMNER_HOME to a folder you may write to, or use --no-provenance.',
  },
  WEIGHTS_MISSING: {
    status: 503,
    exit: 4,
    hint: 'Install Limner again, or train the network: npm run train.',
  },
  DEVICE_UNAVAILABLE: { status: 503, exit: 4, hint: 'Use --device auto.' },
  BAD_OUTPUT: { status: 500, exit: 4, hint: 'Please report this with the version and the device used.' },
  CANCELLED: { status: 499, exit: 130, hint: 'Start it again when you are ready.' },
  MALFORMED_REQUEST: { status: 400, exit: 2, hint: 'See /openapi.json for what is expected.' },
  INVALID_REQUEST: { status: 422, exit: 2, hint: 'See /openapi.json for what is expected.' },
  UNAUTHORIZED: { status: 401, exit: 3, hint: 'Send Authorization: Bearer TOKEN; `limner token` makes one.' },
  HOST_REFUSED: { status: 403, exit: 3, hint: 'Start the renderer with --allow-host and that name.' },
  ROUTE_NOT_FOUND: { status: 404, exit: 3, hint: 'See /openapi.json for what there is.' },
  TENANT_NOT_FOUND: { status: 404, exit: 3, hint: 'Make it first: limner tenant set NAME.' },
  TENANT_BUILT_IN: {
    status: 409,
    exit: 3,
    hint: 'Delete its pictures, styles and tokens one by one, or the renderer’s whole database and storage.',
  },
  JOB_NOT_FOUND: {
    status: 404,
    exit: 3,
    hint: 'Check the id; ended jobs are deleted after the retention time.',
  },
  PICTURE_NOT_FOUND: { status: 404, exit: 3, hint: 'Upload it again: PUT /v1/pictures/SHA256.' },
  STYLE_NOT_FOUND: { status: 404, exit: 3, hint: 'GET /v1/styles lists those there are.' },
  JOB_CONFLICT: { status: 409, exit: 3, hint: 'Choose another id.' },
  STYLE_CONFLICT: { status: 409, exit: 3, hint: 'Choose another id, or delete that style first.' },
  STYLE_BUILT_IN: { status: 409, exit: 3, hint: 'Send a style of your own by this id to use that instead.' },
  JOB_NOT_ENDED: { status: 409, exit: 3, hint: 'Wait for it: GET /v1/jobs/ID/events.' },
  NO_RESULT: { status: 409, exit: 3, hint: 'GET /v1/jobs/ID says why.' },
  BODY_TOO_LARGE: { status: 413, exit: 3, hint: 'Send a smaller one, or raise --max-body.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, exit: 3, hint: 'Send JSON, or for files application/octet-stream.' },
  PICTURE_GONE: { status: 422, exit: 3, hint: 'Upload it again: PUT /v1/pictures/SHA256.' },
  STYLE_GONE: { status: 422, exit: 3, hint: 'GET /v1/styles lists those there are.' },
  HASH_MISMATCH: { status: 422, exit: 3, hint: 'Send the bytes whose SHA-256 the address names.' },
  OUTPUT_TOO_LARGE: { status: 422, exit: 3, hint: 'Ask for a smaller scale.' },
  WEBHOOK_REFUSED: {
    status: 422,
    exit: 3,
    hint: 'Use a public address, or start the renderer with --allow-webhook.',
  },
  RATE_LIMITED: { status: 429, exit: 4, hint: 'Wait as long as Retry-After says.' },
  QUEUE_FULL: { status: 429, exit: 4, hint: 'Wait for jobs to end, or cancel some.' },
  DEADLINE_MISSED: {
    status: 422,
    exit: 4,
    hint: 'Ask again with a later deadline, with a higher priority, or when less waits.',
  },
  NOTHING_TO_RETRY: { status: 409, exit: 3, hint: 'Create a new job to do it once more.' },
  QUOTA_EXCEEDED: {
    status: 429,
    exit: 4,
    hint: 'Wait as long as Retry-After says, delete what is not needed, or ask whoever runs the renderer.',
  },
  NOT_SUPPORTED: { status: 501, exit: 4, hint: 'Use a newer version of the renderer.' },
  WORKER_LOST: {
    status: 500,
    exit: 4,
    hint: 'Try a smaller picture; if it happens again, please report this.',
  },
  JOB_TIMED_OUT: { status: 504, exit: 4, hint: 'Ask for a smaller scale, or raise --max-seconds.' },
  DATABASE_UNAVAILABLE: {
    status: 503,
    exit: 4,
    hint: 'It is tried again by itself; check that the database runs.',
  },
  STORAGE_UNAVAILABLE: { status: 503, exit: 4, hint: 'Check that the storage can be written.' },
  STORAGE_FULL: { status: 507, exit: 4, hint: 'Make room, or shorten --retention.' },
  RENDERER_UNREACHABLE: { status: 503, exit: 4, hint: 'Check its address and that it runs.' },
  DATA_IN_USE: { status: 503, exit: 4, hint: 'Stop that one, or choose another folder with --data.' },
  ADDRESS_IN_USE: { status: 503, exit: 4, hint: 'Stop what listens there, or choose another --port.' },
  ADDRESS_UNAVAILABLE: {
    status: 503,
    exit: 4,
    hint: 'Choose an address of this machine with --host, and a --port you may use.',
  },
  DATABASE_DAMAGED: {
    status: 503,
    exit: 4,
    hint: 'Put a back-up in its place, or choose another folder with --data.',
  },
  DATABASE_TOO_NEW: {
    status: 503,
    exit: 4,
    hint: 'Update Limner, or put back a back-up made before the update.',
  },
  BACKUP_DAMAGED: { status: 422, exit: 3, hint: 'Use another backup.' },
  BACKUP_TOO_OLD: {
    status: 422,
    exit: 3,
    hint: 'Restore it with that version, then update Limner and start it on what was restored.',
  },
  NOT_EMPTY: { status: 409, exit: 3, hint: 'Name another folder, or another --data or --database-url.' },
  STOPPING: { status: 503, exit: 4, hint: 'Try again in some seconds.' },
  FORBIDDEN: { status: 403, exit: 3, hint: 'Ask whoever runs the renderer for a token that may.' },
  INTERNAL: { status: 500, exit: 1, hint: 'Please report this.' },
} as const satisfies Record<string, { status: number; exit: number; hint: string }>;

/** A code of the catalogue, such as `NO_FACE`. */
export type ErrorCode = keyof typeof ERRORS;

export interface LimnerErrorOptions extends ErrorOptions {
  /** What to do next, where more is known than the catalogue says: sentences that end in a full stop. */
  readonly hint?: string;
  /** Seconds after which trying again makes sense, where that is known. */
  readonly retryAfter?: number;
}

/** An error a user can act on: a stable code, what happened, and what to do next. */
export class LimnerError extends Error {
  readonly code: ErrorCode;
  /** What to do next. */
  readonly hint: string;
  /** Seconds after which trying again makes sense, where that is known. */
  readonly retryAfter?: number;

  /** @param message what happened, one sentence ending in a full stop */
  constructor(code: ErrorCode, message: string, options: LimnerErrorOptions = {}) {
    super(message, options);
    this.name = 'LimnerError';
    this.code = code;
    this.hint = options.hint ?? ERRORS[code].hint;
    this.retryAfter = options.retryAfter;
  }
}

/** What happened and what to do next, as people read it. */
export const withHint = ({ message, hint }: { readonly message: string; readonly hint?: string }): string =>
  hint ? `${message} ${hint}` : message;
