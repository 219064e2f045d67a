/**
 * The numbers of I frames (IEC 62056-46, 6.4.3.3; ISO/IEC 13239): N(S) and N(R) modulo 8, one window a
 * direction, go back to the first frame that was not acknowledged.
 *
 * Always holds: at most `MAX_HDLC_WINDOW` frames are unacknowledged; a number is given to a segment
 * once and stays with it through every retransmission.
 */
const MODULUS = 8;

const distance = (from: number, to: number): number => (to - from + MODULUS) % MODULUS;

/** One I frame's worth of a message. */
export interface Segment {
	readonly information: Uint8Array;
	/** Whether more of the message follows. */
	readonly more: boolean;
}

/** Cuts a message, LLC octets included, into information fields of at most `infoLength` octets. */
export function cutSegments(message: Uint8Array, infoLength: number): Segment[] {
	const segments: Segment[] = [];
	for (let from = 0; from < message.length; from += infoLength)
		segments.push({
			information: message.subarray(from, from + infoLength),
			more: from + infoLength < message.length,
		});
	return segments;
}

/** The frames on their way to the peer. */
export class SendWindow {
	/** Unacknowledged segments first, then those not sent yet; the first one has number `#first`. */
	#queue: Segment[] = [];
	#first = 0;
	#sent = 0;

	/** Whether anything is unacknowledged or not sent. */
	get pending(): boolean {
		return this.#queue.length > 0;
	}

	add(segments: readonly Segment[]): void {
		this.#queue.push(...segments);
	}

	/**
	 * Takes N(R): everything before it has arrived.
	 * @returns false where the number acknowledges what was never sent; nothing changes then
	 */
	acknowledge(receiveNumber: number): boolean {
		const count = distance(this.#first, receiveNumber);
		if (count > this.#sent) return false;
		this.#queue.splice(0, count);
		this.#first = receiveNumber;
		this.#sent -= count;
		return true;
	}

	/** The next frames to send, unacknowledged ones again, with their N(S). */
	burst(window: number): { segment: Segment; sendNumber: number }[] {
		this.#sent = Math.min(window, this.#queue.length);
		return this.#queue.slice(0, this.#sent).map((segment, index) => ({
			segment,
			sendNumber: (this.#first + index) % MODULUS,
		}));
	}
}

/** The frames that come from the peer. */
export class ReceiveWindow {
	/** N(R): the number expected next. */
	expected = 0;

	/** What a received N(S) means: the next in order, one that came before, or one after a gap. */
	classify(sendNumber: number, window: number): 'next' | 'repeated' | 'ahead' {
		const ahead = distance(this.expected, sendNumber);
		if (ahead === 0) return 'next';
		return ahead < window ? 'ahead' : 'repeated';
	}

	advance(): void {
		this.expected = (this.expected + 1) % MODULUS;
	}
}
