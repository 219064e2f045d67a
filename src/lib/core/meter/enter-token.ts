/**
 * Twenty digits into a virtual meter: the whole way of IEC 62055-41 7 and 8, from the keypad or from a
 * wire. Any text is answered with a result by name; none throws.
 */
import { admitToken, recordSuccess } from '../sts/decoder/take-token.ts';
import { isTaken, type TokenRefusal, type TokenResult } from '../sts/decoder/token-result.ts';
import type { Token } from '../sts/subclasses.ts';
import { carryOut, type Execution } from './carry-out.ts';
import { noteEvent } from './meter-events.ts';
import { workingAdmission, workingDecoder } from './planted-decoder.ts';
import { advanceTo, type VirtualMeter } from './virtual-meter.ts';

/** What a meter answers. `token` is what it could read of the token, where it could. */
export type TokenOutcome =
	| (Execution & { readonly token: Token })
	| {
			readonly result: TokenRefusal;
			readonly token?: Token;
			/** When the meter takes tokens again, if this entry or an earlier one has locked it. */
			readonly lockedUntilMs?: number;
	  };

function noteResult(meter: VirtualMeter, result: TokenResult, atMs: number): VirtualMeter {
	const events = noteEvent(meter.events, { kind: 'token', atMs, result });
	return { ...meter, lastResult: result, events };
}

/** Enters a token. The energy used so far is counted first. */
export function enterToken(
	meter: VirtualMeter,
	text: string,
	instantMs: number,
): { meter: VirtualMeter; outcome: TokenOutcome } {
	const counted = advanceTo(meter, instantMs);
	const working = { ...counted, decoder: workingDecoder(counted) };
	const { meter: after, outcome } = enterWorking(working, text, instantMs);
	const decoder = { ...after.decoder, settings: meter.decoder.settings };
	return { meter: noteResult({ ...after, decoder }, outcome.result, instantMs), outcome };
}

function enterWorking(
	meter: VirtualMeter,
	text: string,
	instantMs: number,
): { meter: VirtualMeter; outcome: TokenOutcome } {
	const admission = workingAdmission(meter, admitToken(meter.decoder, text, instantMs));
	if (!admission.admitted) {
		const { decoder, result, token } = admission;
		const { untilMs } = decoder.lockout;
		const outcome = {
			result,
			...(token && { token }),
			...(untilMs > instantMs && { lockedUntilMs: untilMs }),
		};
		return { meter: { ...meter, decoder }, outcome };
	}
	const { token } = admission;
	const { meter: executed, execution } = carryOut(meter, token, instantMs);
	const recorded = isTaken(execution.result)
		? { ...executed, decoder: recordSuccess(executed.decoder, token) }
		: executed;
	return { meter: recorded, outcome: { ...execution, token } };
}
