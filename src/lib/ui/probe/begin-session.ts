/** Connecting to a meter by one of the ways to it, whoever does it. */
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { FrameSink } from '#lib/core/field/frame-log/frame-piece.ts';
import type { ExpectedMeter } from '#lib/core/field/identity/expected-meter.ts';
import { connect } from '#lib/link/connect.ts';
import type {
	Connected,
	ConnectFailure,
	ConnectStep,
	MeterIdentity,
} from '#lib/link/connect-order.ts';
import type { ConversationEnd } from '#lib/link/conversation.ts';
import type { AssociationOrder } from './open-order.ts';
import type { MeterWay } from './way.ts';

export interface SessionBeginning {
	readonly order: AssociationOrder;
	readonly way: Pick<MeterWay, 'port'>;
	/** Who the meter must be before anything but the question who it is goes out. */
	readonly expected: ExpectedMeter;
	readonly signal: AbortSignal;
	readonly opening?: Opening | undefined;
	readonly maxBaud?: number | undefined;
	/** As `rateAfter` the session before. */
	readonly lastBaud?: number | undefined;
	readonly frames?: FrameSink;
	readonly progress: (step: ConnectStep) => void;
}

/** Rejects for slips only. */
export function beginSession(beginning: SessionBeginning): Promise<Connected | ConnectFailure> {
	const { order, way, expected, signal, opening, maxBaud, lastBaud, frames, progress } = beginning;
	const { profile, secrets, client, host } = order;
	return connect({
		...{ profile, secrets, client, host, expected, signal, progress, port: way.port },
		...(opening && { opening }),
		...(maxBaud !== undefined && { maxBaud }),
		...(lastBaud !== undefined && { lastBaud }),
		...(frames && { frames }),
	});
}

/** The rate at which a meter stays for a while, deaf to a sign-on, after a session that broke off. */
export const rateAfter = (
	{ opening, baud }: Pick<MeterIdentity, 'opening' | 'baud'>,
	end: ConversationEnd,
): number | undefined => (opening === 'mode-e' && end.why !== 'released' ? baud : undefined);
