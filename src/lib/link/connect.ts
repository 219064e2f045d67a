/**
 * From a closed port to a conversation: the opening, the public client's look at who is there, then our
 * own association with its secrets.
 *
 * Always holds: no secret is sent before the meter is known to be the one that was meant; the port is
 * closed again unless there is a conversation; whatever goes wrong is a value.
 */
import { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { checkOrder } from './check-order.ts';
import { ConnectAttempt } from './connect-attempt.ts';
import { CALLED_OFF } from './connect-failure.ts';
import type { Connected, ConnectFailure, ConnectOrder } from './connect-order.ts';
import { CountersNotKept } from './durable-counters.ts';
import { eightN1, type Line, type LineSettings, sevenE1 } from './line.ts';
import { LinkFault } from './link-fault.ts';
import { recordedLine } from './recorded-line.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { OPENING_BAUD } from '#lib/core/dlms/opening/identification.ts';

/** Connects to the meter at `order.port`. Rejects for slips only. */
export async function connect(order: ConnectOrder): Promise<Connected | ConnectFailure> {
	const checked = checkOrder(order);
	if ('kind' in checked) return checked;
	if (order.signal?.aborted) return CALLED_OFF;
	const { opening } = checked;
	const settings = firstForm(order, opening);
	order.progress?.({ step: 'opening-port', settings });
	let line: Line;
	try {
		line = await order.port.open(settings);
	} catch (error) {
		return failureOfThrown(error);
	}
	const { timer } = order.host;
	const mode = opening === 'mode-e' ? 'opening' : opening === 'wrapper' ? 'wrapper' : 'hdlc';
	const recorder = new LineRecorder(mode, order.frames);
	return runOn(recordedLine(line, recorder, timer), recorder, order, opening);
}

/** The form in which the port is opened. */
function firstForm(order: ConnectOrder, opening: Opening): LineSettings {
	if (opening !== 'mode-e') return eightN1(order.profile.baud);
	return order.softwareParity ? eightN1(OPENING_BAUD) : sevenE1(OPENING_BAUD);
}

async function runOn(
	line: Line,
	recorder: LineRecorder,
	order: ConnectOrder,
	opening: Opening,
): Promise<Connected | ConnectFailure> {
	const attempt = new ConnectAttempt(line, recorder, order, opening);
	let outcome: Connected | ConnectFailure | undefined;
	try {
		outcome = await attempt.run();
	} catch (error) {
		outcome = failureOfThrown(error);
	} finally {
		if (outcome?.kind !== 'connected') await line.close();
	}
	return outcome;
}

/** A fault of the edge as the failure it is; anything else is a slip. */
function failureOfThrown(error: unknown): ConnectFailure {
	if (error instanceof LinkFault) return { kind: 'failed', why: 'fault', fault: error.kind };
	if (error instanceof CountersNotKept) return { kind: 'failed', why: 'counters-not-kept' };
	throw error;
}
