/** The shapes of what providers send: payments' and messages' alike. */
import * as v from 'valibot';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/**
 * `POST /api/v1/webhooks/{provider}`: something happened to what we know by `reference`. What it was is not
 * in it: the provider is asked. `eventId` is the same when the same message comes again.
 */
export const ProviderNotice = v.object({ eventId: name, reference: name });
export const NoticeTaken = v.object({ received: v.literal(true) });

/** `GET /sandbox/messages`: one phone's, or the latest of all. A link writes the plus as it likes. */
export const SandboxMessagesQuery = v.object({
	phone: v.optional(v.pipe(v.string(), v.regex(/^[+ ]?\d{1,15}$/))),
});

export type ProviderNotice = v.InferOutput<typeof ProviderNotice>;
