/** Signing on to an optical port in mode E: the sans-IO opening over a line whose rate and form change. */
import { ClientOpening, type OpeningOutput } from '#lib/core/dlms/opening/client-opening.ts';
import type { ClientOpeningSettings } from '#lib/core/dlms/opening/client-opening.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import { eightN1, type LineSettings, sevenE1 } from './line.ts';
import type { Happening, LineWaiter } from './line-waiter.ts';
import type { Timer } from './transport.ts';

/** What a line is to somebody who signs on. */
export interface SignOnLine {
	readonly waiter: LineWaiter;
	/** @throws {LinkFault} */
	readonly put: (octets: Uint8Array) => Promise<void>;
	readonly timer: Timer;
}

export type SignedOn =
	| { readonly kind: 'ready'; readonly baud: number; readonly identification: Identification }
	| { readonly kind: 'failed'; readonly why: 'no-answer' | 'garbled' | 'hdlc-not-offered' }
	| { readonly kind: 'called-off' }
	/** The line ended in good order. */
	| { readonly kind: 'ended' };

/** The form a line must have for an output of the opening. */
export const openingForm = ({
	baud,
	dataBits,
}: Extract<OpeningOutput, { kind: 'port' }>): LineSettings =>
	dataBits === 7 ? sevenE1(baud) : eightN1(baud);

/** Signs on; `calledOff` is asked at each step. @throws what `put` and the line throw */
export async function signOn(
	settings: ClientOpeningSettings,
	{ waiter, put, timer }: SignOnLine,
	calledOff: () => boolean,
): Promise<SignedOn> {
	const opening = new ClientOpening(settings);
	opening.start(timer.nowMs());
	let identification: Identification | undefined;
	let outcome: Exclude<SignedOn, { kind: 'ready' }> | { kind: 'ready'; baud: number } | undefined;
	for (;;) {
		for (const output of opening.takeOutput()) {
			if (output.kind === 'octets') await put(output.octets);
			else await waiter.configure(openingForm(output));
		}
		if (calledOff()) return { kind: 'called-off' };
		if (outcome?.kind === 'ready' && identification) return { ...outcome, identification };
		if (outcome && outcome.kind !== 'ready') return outcome;
		const happening = await waiter.next(opening.wakeAtMs);
		if (happening.kind === 'ended') return { kind: 'ended' };
		for (const event of eventsOf(happening, opening, timer)) {
			if (event.kind === 'identified') identification = event.identification;
			else outcome = event;
		}
	}
}

function eventsOf(happening: Happening, opening: ClientOpening, timer: Timer) {
	switch (happening.kind) {
		case 'octets':
			return opening.receive(happening.octets, timer.nowMs());
		case 'time':
			return opening.wake(timer.nowMs());
		case 'broken':
			throw happening.error;
		default:
			return [];
	}
}
