// Made from docs/openapi.json by scripts/openapi.ts.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether database and storage can be used */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For Prometheus */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a job stands */
        get: operations["getJob"];
        /** Create a job under an id of your choice; the same again changes nothing */
        put: operations["putJob"];
        post?: never;
        /** Cancel a job if need be and delete it with its result */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List jobs, newest first */
        get: operations["listJobs"];
        put?: never;
        /** Create a job under an id of the renderer’s choice; the same Idempotency-Key makes it once */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a job, within one tile if it runs; one that has ended stays as it is */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queue a job that failed or was cancelled anew; of a batch all of its jobs that did not succeed */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture a job made */
        get: operations["getResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens to a job, as server-sent events; Last-Event-ID goes on where a connection broke */
        get: operations["followJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest attempts to call the webhooks of all jobs, and what came of them */
        get: operations["listAllDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The attempts to call the webhook of a job, and what came of them */
        get: operations["listDeliveries"];
        put?: never;
        /** Call the webhook of an ended job again */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the queue is paused */
        get: operations["getQueue"];
        /** Pause the queue, or let it go on: jobs are taken and wait, what runs goes on, nothing begins */
        put: operations["putQueue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pictures/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the renderer has a picture (ask by HEAD before sending it) */
        get: operations["getPicture"];
        /** Send a picture, an animated GIF or WebP, a video (MP4, MOV, WebM; where the renderer has FFmpeg), or a frame (SVG), once; pictures are kept upright, all of them without metadata */
        put: operations["putPicture"];
        post?: never;
        /** Delete a picture and every job and result made from it */
        delete: operations["deletePicture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/styles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List styles, those that come with Limner last */
        get: operations["listStyles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/styles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The style file; the picture of a built-in style */
        get: operations["getStyle"];
        /** Send a style file (.limner) */
        put: operations["putStyle"];
        post?: never;
        /** Delete a style; pictures made in it stay */
        delete: operations["deleteStyle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/styles/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A small picture of the style */
        get: operations["getThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The consents that were given for a portrait */
        get: operations["listConsents"];
        put?: never;
        /** Record that somebody allows something to be done with a portrait */
        post: operations["giveConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a consent: nothing more is made under it */
        delete: operations["revokeConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole ledger, as lines of JSON: entries, then signed heads; of all tenants */
        get: operations["copyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A signed head over the ledger */
        get: operations["getLedgerHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/consistency/{first}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof that the ledger continues the one of an earlier head (RFC 9162, section 2.1.4) */
        get: operations["proveConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note the hash of a plan of ratings, so that nobody can make it later than it was */
        post: operations["notePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/proofs/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proofs that the newest entries about a file are in the ledger */
        get: operations["proveInclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the renderer is and does */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose tokens there are, and what they may do */
        get: operations["listTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a token, shown this once; an older one of the same name ends */
        put: operations["rotateToken"];
        post?: never;
        /** End a token */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who shares the renderer, what each may use and has used */
        get: operations["listTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a tenant, whose tokens see nothing of other tenants */
        put: operations["putTenant"];
        post?: never;
        /** Delete a tenant with all that is of it: pictures, jobs, results, styles, consents, tokens */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        /** @description ok, or what is wrong */
                        checks?: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        /** @description ok, or what is wrong */
                        checks?: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        /** @description ok, or what is wrong */
                        checks?: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    putJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description wait=SECONDS: answer when the job has ended, or then */
                prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "render";
                    portrait: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /**
                     * @description full: with the ×4 network
                     * @default instant
                     * @enum {string}
                     */
                    mode?: "instant" | "full";
                    /** @description output size over portrait size; with mode full only, where it is 4 unless given */
                    scale?: 1 | 2 | 4;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "batch";
                    portraits: string[];
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /**
                     * @description full: with the ×4 network
                     * @default instant
                     * @enum {string}
                     */
                    mode?: "instant" | "full";
                    /** @description output size over portrait size; with mode full only, where it is 4 unless given */
                    scale?: 1 | 2 | 4;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "upscale";
                    picture: string;
                    /** @default 4 */
                    scale?: 2 | 4;
                    /**
                     * @description the best that is there, unless given
                     * @enum {string}
                     */
                    weights?: "srgan" | "srresnet" | "srgan-lite";
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "adapt";
                    reference: string;
                    name: string;
                    /**
                     * @default {
                     *       "seconds": 60
                     *     }
                     */
                    budget?: {
                        seconds: number;
                    } | {
                        steps: number;
                    };
                    /**
                     * @description what renders in the style use unless they are told otherwise
                     * @default {}
                     */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "export";
                    frame: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description names of layers; every picture with a face, unless given */
                    portraits?: string[];
                    /**
                     * @description output size over frame size
                     * @default 1
                     */
                    scale?: number;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "webp" | "pdf";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "sequence";
                    animation: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description seconds at which the part that is painted begins */
                    from?: number;
                    /** @description seconds at which it ends */
                    to?: number;
                    /** @description at most so many pictures a second */
                    fps?: number;
                    /**
                     * @description share of the strokes that is drawn anew all the time
                     * @default 0
                     */
                    boil?: number;
                    /**
                     * @default webp
                     * @enum {string}
                     */
                    format?: "webp" | "gif" | "mp4" | "webm";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                state?: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                kind?: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                /** @description jobs of this batch */
                parent?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: {
                            id: string;
                            /** @enum {string} */
                            kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                            /** @enum {string} */
                            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                            percent: number;
                            /** @description what is being done, e.g. faces, field, enlarge */
                            stage: string | null;
                            /** @description figures of the stage, e.g. step and loss */
                            details: {
                                [key: string]: number;
                            } | null;
                            /** @description batches only */
                            children: {
                                total: number;
                                succeeded: number;
                                failed: number;
                                cancelled: number;
                            } | null;
                            error: {
                                /** @description a stable code of the error catalogue */
                                code: string;
                                /** @description what happened, for people */
                                message: string;
                                /** @description what to do next, for people; jobs of earlier versions have it in the message */
                                hint?: string;
                            } | null;
                            /** @description jobs before it in the queue; null when not queued */
                            position: number | null;
                            /** @description the batch it belongs to */
                            parent: string | null;
                            /** @description how often it was started */
                            attempts: number;
                            /** Format: date-time */
                            createdAt: string;
                            startedAt: string | null;
                            endedAt: string | null;
                            /** @description milliseconds a stage */
                            timings: {
                                [key: string]: number;
                            };
                            result: ({
                                /** @enum {string} */
                                type: "picture";
                                sha256: string;
                                bytes: number;
                                mediaType: string;
                                width: number;
                                height: number;
                                device: string;
                                /** @description the network that enlarged */
                                weights?: string;
                                /** @description in pixels of the portrait */
                                faces: {
                                    box: {
                                        x: number;
                                        y: number;
                                        width: number;
                                        height: number;
                                    };
                                    score: number;
                                }[];
                                /** @description which face of the reference was used, counted from the left, of how many, and which part */
                                reference?: {
                                    number: number;
                                    count: number;
                                    /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                    boxes?: {
                                        x: number;
                                        y: number;
                                        width: number;
                                        height: number;
                                    }[];
                                    face: {
                                        x: number;
                                        y: number;
                                        width: number;
                                        height: number;
                                    };
                                    part: {
                                        x: number;
                                        y: number;
                                        width: number;
                                        height: number;
                                    };
                                } | null;
                                warnings: string[];
                                /** @description of jobs of the kind sequence */
                                sequence?: {
                                    frames: number;
                                    seconds: number;
                                    /** @description pictures in which no face was found */
                                    lost: number;
                                    /** @description pictures that an attempt had painted that was killed */
                                    resumed?: number;
                                };
                            } | {
                                /** @enum {string} */
                                type: "style";
                                style: string;
                                bytes: number;
                                steps: number;
                                /** @description measures before and after, on what was held out */
                                heldOut: {
                                    [key: string]: number;
                                };
                                warnings: string[];
                            }) | null;
                            /** @description what was asked, less the secret of the webhook */
                            request: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description pass as cursor to go on; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    createJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description wait=SECONDS: answer when the job has ended, or then */
                prefer?: string;
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "render";
                    portrait: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /**
                     * @description full: with the ×4 network
                     * @default instant
                     * @enum {string}
                     */
                    mode?: "instant" | "full";
                    /** @description output size over portrait size; with mode full only, where it is 4 unless given */
                    scale?: 1 | 2 | 4;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "batch";
                    portraits: string[];
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /**
                     * @description full: with the ×4 network
                     * @default instant
                     * @enum {string}
                     */
                    mode?: "instant" | "full";
                    /** @description output size over portrait size; with mode full only, where it is 4 unless given */
                    scale?: 1 | 2 | 4;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "upscale";
                    picture: string;
                    /** @default 4 */
                    scale?: 2 | 4;
                    /**
                     * @description the best that is there, unless given
                     * @enum {string}
                     */
                    weights?: "srgan" | "srresnet" | "srgan-lite";
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "jpeg" | "webp";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "adapt";
                    reference: string;
                    name: string;
                    /**
                     * @default {
                     *       "seconds": 60
                     *     }
                     */
                    budget?: {
                        seconds: number;
                    } | {
                        steps: number;
                    };
                    /**
                     * @description what renders in the style use unless they are told otherwise
                     * @default {}
                     */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "export";
                    frame: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description names of layers; every picture with a face, unless given */
                    portraits?: string[];
                    /**
                     * @description output size over frame size
                     * @default 1
                     */
                    scale?: number;
                    /**
                     * @default png
                     * @enum {string}
                     */
                    format?: "png" | "webp" | "pdf";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "sequence";
                    animation: string;
                    style: {
                        picture: string;
                    } | {
                        style: string;
                    };
                    /** @default {} */
                    settings?: {
                        /** @description 0: all style; 1: all the person's features */
                        likeness?: number;
                        /** @description 0: skin in the style's tones; 1: in the portrait's own */
                        tone?: number;
                        /** @description 0: own hair, clothes and outline; 1: the reference's are worn */
                        shape?: number;
                        /** @description size of the strokes against the face; 1: as in the reference */
                        strokes?: number;
                        /** @description 0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human */
                        proportions?: "auto" | number;
                        /** @description 0: the person's own proportions; 1: what tells them from the mean is added twice more: a caricature */
                        exaggerate?: number;
                        /** @description 0: the untouched portrait; 1: the full effect */
                        strength?: number;
                        /**
                         * @description what stands behind the person
                         * @enum {string}
                         */
                        background?: "style" | "keep" | "transparent";
                        /**
                         * @description which faces are restyled
                         * @enum {string}
                         */
                        faces?: "all" | "largest";
                        /** @description which face of the reference, counted from the left; 0: the largest */
                        referenceFace?: number;
                        /**
                         * @description how much care is taken, and time
                         * @enum {string}
                         */
                        quality?: "draft" | "standard" | "best";
                    };
                    /** @description seconds at which the part that is painted begins */
                    from?: number;
                    /** @description seconds at which it ends */
                    to?: number;
                    /** @description at most so many pictures a second */
                    fps?: number;
                    /**
                     * @description share of the strokes that is drawn anew all the time
                     * @default 0
                     */
                    boil?: number;
                    /**
                     * @default webp
                     * @enum {string}
                     */
                    format?: "webp" | "gif" | "mp4" | "webm";
                    /** @description among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it */
                    priority?: number;
                    /**
                     * Format: date-time
                     * @description by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first
                     */
                    deadline?: string;
                    webhook?: {
                        /** Format: uri */
                        url: string;
                        /** @description key of the signature; never shown again */
                        secret: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "render" | "batch" | "upscale" | "adapt" | "export" | "sequence";
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
                        percent: number;
                        /** @description what is being done, e.g. faces, field, enlarge */
                        stage: string | null;
                        /** @description figures of the stage, e.g. step and loss */
                        details: {
                            [key: string]: number;
                        } | null;
                        /** @description batches only */
                        children: {
                            total: number;
                            succeeded: number;
                            failed: number;
                            cancelled: number;
                        } | null;
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                        } | null;
                        /** @description jobs before it in the queue; null when not queued */
                        position: number | null;
                        /** @description the batch it belongs to */
                        parent: string | null;
                        /** @description how often it was started */
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        startedAt: string | null;
                        endedAt: string | null;
                        /** @description milliseconds a stage */
                        timings: {
                            [key: string]: number;
                        };
                        result: ({
                            /** @enum {string} */
                            type: "picture";
                            sha256: string;
                            bytes: number;
                            mediaType: string;
                            width: number;
                            height: number;
                            device: string;
                            /** @description the network that enlarged */
                            weights?: string;
                            /** @description in pixels of the portrait */
                            faces: {
                                box: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                score: number;
                            }[];
                            /** @description which face of the reference was used, counted from the left, of how many, and which part */
                            reference?: {
                                number: number;
                                count: number;
                                /** @description of all faces from the left, in pixels of the reference; results of an older renderer have none */
                                boxes?: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                }[];
                                face: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                                part: {
                                    x: number;
                                    y: number;
                                    width: number;
                                    height: number;
                                };
                            } | null;
                            warnings: string[];
                            /** @description of jobs of the kind sequence */
                            sequence?: {
                                frames: number;
                                seconds: number;
                                /** @description pictures in which no face was found */
                                lost: number;
                                /** @description pictures that an attempt had painted that was killed */
                                resumed?: number;
                            };
                        } | {
                            /** @enum {string} */
                            type: "style";
                            style: string;
                            bytes: number;
                            steps: number;
                            /** @description measures before and after, on what was held out */
                            heldOut: {
                                [key: string]: number;
                            };
                            warnings: string[];
                        }) | null;
                        /** @description what was asked, less the secret of the webhook */
                        request: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                    "image/webp": unknown;
                    "image/gif": unknown;
                    "application/pdf": unknown;
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    followJob: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one `JobEvent` an event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description the job has ended and has no later events */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listAllDeliveries: {
        parameters: {
            query?: {
                /** @description failed: what was not answered with success */
                outcome?: "any" | "failed";
                limit?: number;
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: {
                            /** Format: date-time */
                            at: string;
                            /** @description of HTTP; null when there was no answer */
                            status: number | null;
                            /** @description why there was none */
                            error: string | null;
                            id: number;
                            job: string;
                            /** @description that was called */
                            host: string;
                        }[];
                        /** @description pass as before to go on; null at the end */
                        next: number | null;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: {
                            /** Format: date-time */
                            at: string;
                            /** @description of HTTP; null when there was no answer */
                            status: number | null;
                            /** @description why there was none */
                            error: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isPaused: boolean;
                        since: string | null;
                        /** @description name of a token */
                        by: string | null;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    putQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    isPaused: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        isPaused: boolean;
                        since: string | null;
                        /** @description name of a token */
                        by: string | null;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the bytes as sent */
                        sha256: string;
                        width: number;
                        height: number;
                        /** @description as kept */
                        bytes: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    putPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the bytes as sent */
                        sha256: string;
                        width: number;
                        height: number;
                        /** @description as kept */
                        bytes: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the bytes as sent */
                        sha256: string;
                        width: number;
                        height: number;
                        /** @description as kept */
                        bytes: number;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    deletePicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listStyles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        styles: {
                            id: string;
                            name: string;
                            /** @description of the file */
                            sha256: string;
                            bytes: number;
                            /** @description null for built-in styles */
                            createdAt: string | null;
                            /** @description comes with Limner: every tenant has it, none can delete it */
                            builtIn: boolean;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getStyle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                    "image/webp": unknown;
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    putStyle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description of the file */
                        sha256: string;
                        bytes: number;
                        /** @description null for built-in styles */
                        createdAt: string | null;
                        /** @description comes with Limner: every tenant has it, none can delete it */
                        builtIn: boolean;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description of the file */
                        sha256: string;
                        bytes: number;
                        /** @description null for built-in styles */
                        createdAt: string | null;
                        /** @description comes with Limner: every tenant has it, none can delete it */
                        builtIn: boolean;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    deleteStyle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getThumbnail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listConsents: {
        parameters: {
            query: {
                portrait: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        consents: {
                            portrait: string;
                            grantor: string | null;
                            scopes: ("restyle" | "adapt")[];
                            /** Format: date-time */
                            until: string;
                            id: string;
                            revokedAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    giveConsent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    portrait: string;
                    /** @description who allows it; forgotten when the portrait is deleted */
                    grantor: string;
                    scopes: ("restyle" | "adapt")[];
                    /** Format: date-time */
                    until: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        portrait: string;
                        grantor: string | null;
                        scopes: ("restyle" | "adapt")[];
                        /** Format: date-time */
                        until: string;
                        id: string;
                        revokedAt: string | null;
                        /** @description proves, with the name, to whom the entry in the ledger belongs; shown this once */
                        salt: string;
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    revokeConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    copyLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": unknown;
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getLedgerHead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        size: number;
                        root: string;
                        /** Format: date-time */
                        at: string;
                        /** Format: byte */
                        signature: string;
                        certificates: string[];
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    proveConsistency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                first: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description hexadecimal */
                        path: string[];
                        head: {
                            size: number;
                            root: string;
                            /** Format: date-time */
                            at: string;
                            /** Format: byte */
                            signature: string;
                            certificates: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    notePlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sha256: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        index: number;
                        entry: string;
                        path: string[];
                        head: {
                            size: number;
                            root: string;
                            /** Format: date-time */
                            at: string;
                            /** Format: byte */
                            signature: string;
                            certificates: string[];
                        };
                    };
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    proveInclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        index: number;
                        entry: string;
                        path: string[];
                        head: {
                            size: number;
                            root: string;
                            /** Format: date-time */
                            at: string;
                            /** Format: byte */
                            signature: string;
                            certificates: string[];
                        };
                    }[];
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        /** @description jobs it takes */
                        kinds: ("render" | "batch" | "upscale" | "adapt" | "export" | "sequence")[];
                        /** @enum {string} */
                        database: "pglite" | "postgres";
                        /** @enum {string} */
                        storage: "folder" | "s3";
                        jobs: {
                            [key: string]: number;
                        };
                        oldestQueuedSeconds: number | null;
                        workers: {
                            id: string;
                            host: string;
                            version: string;
                            /** @description what its networks run on */
                            device: string;
                            devices: {
                                device: string;
                                available: boolean;
                                reason?: string;
                            }[];
                            /** @description jobs it works on at once */
                            processes: number;
                            /** @description processor threads of each */
                            threads: number;
                            /** Format: date-time */
                            seenAt: string;
                        }[];
                        /** @description pictures and ended jobs are deleted after so long */
                        retentionSeconds: number;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tokens: {
                            name: string;
                            roles: ("render" | "styles" | "consents" | "admin" | "operator")[];
                            weight: number;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    rotateToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default [
                     *       "render"
                     *     ]
                     */
                    roles?: ("render" | "styles" | "consents" | "admin" | "operator")[];
                    /** @description its share of the turns, over that of other tokens; takes the role operator */
                    weight?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description shown this once */
                        token: string;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    listTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenants: {
                            name: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description its share of the turns, over that of other tenants */
                            weight: number;
                            /** @description jobs that wait or run */
                            maxJobs: number | null;
                            /** @description of pictures, styles and results */
                            maxBytes: number | null;
                            /** @description pixels times seconds of work a day (UTC) */
                            maxPixelSeconds: number | null;
                            /** @description that wait or run */
                            jobs: number;
                            /** @description kept */
                            bytes: number;
                            /** @description of today (UTC) */
                            pixelSeconds: number;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    putTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description jobs that wait or run */
                    maxJobs?: number | null;
                    /** @description of pictures, styles and results */
                    maxBytes?: number | null;
                    /** @description pixels times seconds of work a day (UTC) */
                    maxPixelSeconds?: number | null;
                    weight?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description its share of the turns, over that of other tenants */
                        weight: number;
                        /** @description jobs that wait or run */
                        maxJobs: number | null;
                        /** @description of pictures, styles and results */
                        maxBytes: number | null;
                        /** @description pixels times seconds of work a day (UTC) */
                        maxPixelSeconds: number | null;
                        /** @description that wait or run */
                        jobs: number;
                        /** @description kept */
                        bytes: number;
                        /** @description of today (UTC) */
                        pixelSeconds: number;
                    };
                };
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
    deleteTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
            /** @description Any other refusal */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a stable code of the error catalogue */
                            code: string;
                            /** @description what happened, for people */
                            message: string;
                            /** @description what to do next, for people; jobs of earlier versions have it in the message */
                            hint?: string;
                            /** @description the same as in the logs */
                            requestId?: string;
                        };
                    };
                };
            };
        };
    };
}
