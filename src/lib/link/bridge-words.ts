/**
 * What a browser and a bridge say to each other over a WebSocket: these words as JSON in text frames, the
 * octets of the line in binary ones. Either side sends at most `WINDOW_OCTETS` that the other has not said it
 * has taken, so a slow reader holds a fast sender back all the way to the meter.
 */
import * as v from 'valibot';
import { LINK_FAULT_KINDS } from './link-fault.ts';

/** The WebSocket subprotocol: whatever else listens on a port does not answer to it. */
export const BRIDGE_PROTOCOL = 'tokenline-bridge.v1';

/** Where a bridge listens unless told otherwise. */
export const BRIDGE_PORT = 4190;

export const WINDOW_OCTETS = 65_536;
/** Octets of one binary frame. */
export const MAX_FRAME_OCTETS = 16_384;
/** Characters of one word. */
export const MAX_WORD_LENGTH = 4096;

export const MAX_TARGET_NAME = 40;

const Settings = v.object({
	baud: v.pipe(v.number(), v.integer(), v.minValue(50), v.maxValue(4_000_000)),
	dataBits: v.picklist([7, 8]),
	parity: v.picklist(['none', 'even', 'odd']),
});
const Name = v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.maxLength(MAX_TARGET_NAME));
const Bearer = v.optional(v.pipe(v.string(), v.maxLength(200)));
const Octets = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(WINDOW_OCTETS));
const Medium = v.picklist(['serial', 'stream']);

/** From the browser. */
const Wish = v.variant('do', [
	/** Which targets are there? */
	v.object({ do: v.literal('list'), bearer: Bearer }),
	/** Connect me to one. Never by its address: only the bridge knows those. */
	v.object({ do: v.literal('open'), target: Name, settings: Settings, bearer: Bearer }),
	/** Once everything before has left, set the line anew; answered by `configured` or `refused`. */
	v.object({ do: v.literal('configure'), settings: Settings }),
	/** So many octets were used up. */
	v.object({ do: v.literal('taken'), octets: Octets }),
	/** Once everything before has left, close the line; answered by `closed`. */
	v.object({ do: v.literal('close') }),
]);

/** From the bridge. */
const Word = v.variant('is', [
	v.object({
		is: v.literal('targets'),
		targets: v.pipe(v.array(v.object({ name: Name, medium: Medium })), v.maxLength(64)),
	}),
	v.object({ is: v.literal('opened'), medium: Medium }),
	/** What came before this word is stale. */
	v.object({ is: v.literal('configured') }),
	/** The port does not take the settings, and goes on as it was. */
	v.object({ is: v.literal('refused') }),
	v.object({ is: v.literal('taken'), octets: Octets }),
	/** The line ended in good order. */
	v.object({ is: v.literal('closed') }),
	/** The line broke, or never came to be. */
	v.object({ is: v.literal('fault'), fault: v.picklist(LINK_FAULT_KINDS) }),
]);

export type BridgeWish = v.InferOutput<typeof Wish>;
export type BridgeWord = v.InferOutput<typeof Word>;

function parse<Schema extends typeof Wish | typeof Word>(
	schema: Schema,
	text: string,
): v.InferOutput<Schema> | undefined {
	if (text.length > MAX_WORD_LENGTH) return undefined;
	try {
		const parsed = v.safeParse(schema, JSON.parse(text));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

/** A browser's wish; undefined: nonsense. */
export const parseBridgeWish = (text: string): BridgeWish | undefined => parse(Wish, text);

/** A bridge's word; undefined: nonsense. */
export const parseBridgeWord = (text: string): BridgeWord | undefined => parse(Word, text);
