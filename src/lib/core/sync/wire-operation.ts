/** The shapes of what a machine asks a running backend: is it alive, can it work. */
import * as v from 'valibot';

/** `GET /healthz`: the process is alive. */
export const Health = v.object({ status: v.literal('alive') });

/** `GET /readyz`: it can sell. Anything else is a problem document that says why not. */
export const Readiness = v.object({ status: v.literal('ready') });

/** `GET /openapi.json`: a document whose shape another standard describes. */
export const OpenApi = v.looseObject({ openapi: v.literal('3.1.0') });
