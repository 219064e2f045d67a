/** A port opened up to where HDLC or the wrapper begins, with everything that passes recorded. */
import { OPENING_BAUD } from '#lib/core/dlms/opening/identification.ts';
import { openingFromProfile } from '#lib/core/dlms/profile/client-connection.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { FrameSink } from '#lib/core/field/frame-log/frame-piece.ts';
import { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import { chooseOpening } from './choose-opening.ts';
import type { ConnectOrder } from './connect-order.ts';
import { eightN1, type Line, sevenE1 } from './line.ts';
import { LineWaiter } from './line-waiter.ts';
import { LinkFault } from './link-fault.ts';
import { recordedLine } from './recorded-line.ts';
import { signOn } from './sign-on.ts';

export type LineWay = Pick<
	ConnectOrder,
	'port' | 'profile' | 'host' | 'opening' | 'maxBaud' | 'softwareParity'
>;

export interface OpenLine {
	readonly line: Line;
	readonly waiter: LineWaiter;
	readonly opening: Opening;
	/** The rate in use; 0 on a stream. */
	readonly baud: number;
}

const USUAL_MAX_BAUD = 9600;

/** @throws {LinkFault} also where the meter does not sign on (`meter-unreachable`) */
export async function openLine(way: LineWay, frames: FrameSink): Promise<OpenLine> {
	const { port, profile, host, softwareParity = false } = way;
	const opening = way.opening ?? chooseOpening(profile.openings, port.medium);
	if (!opening) throw new LinkFault('not-supported');
	const isModeE = opening === 'mode-e';
	const slow = softwareParity ? eightN1(OPENING_BAUD) : sevenE1(OPENING_BAUD);
	const mode = isModeE ? 'opening' : opening === 'wrapper' ? 'wrapper' : 'hdlc';
	const recorder = new LineRecorder(mode, frames);
	const bare = await port.open(isModeE ? slow : eightN1(profile.baud));
	const line = recordedLine(bare, recorder, host.timer);
	const waiter = new LineWaiter(line, host.timer);
	if (!isModeE) return { line, waiter, opening, baud: port.medium === 'stream' ? 0 : profile.baud };
	try {
		const baud = await signOnAt(way, line, waiter);
		recorder.carries('hdlc', host.timer.nowMs());
		return { line, waiter, opening, baud };
	} catch (error) {
		await line.close();
		throw error;
	}
}

async function signOnAt(way: LineWay, line: Line, waiter: LineWaiter): Promise<number> {
	const { profile, host, maxBaud = USUAL_MAX_BAUD, softwareParity } = way;
	const signedOn = await signOn(
		{ ...openingFromProfile(profile, maxBaud), ...(softwareParity && { softwareParity }) },
		{ waiter, put: (octets) => line.send(octets), timer: host.timer },
		() => false,
	);
	if (signedOn.kind !== 'ready') throw new LinkFault('meter-unreachable');
	return signedOn.baud;
}
