/**
 * What a received frame does, by role and state (IEC 62056-46, 6.4.4 and 6.5): the same four states
 * serve both ends. A frame without an entry is counted and left alone.
 */
import type { FrameType } from './control.ts';
import type { Role } from './llc.ts';

export type LinkState = 'disconnected' | 'connecting' | 'connected' | 'disconnecting';

export type LinkAction =
	/** UA: the connection stands. */
	| 'opened'
	/** SNRM: answer UA, begin anew. */
	| 'accept'
	/** DISC: answer UA, end. */
	| 'release'
	/** Any command without a connection: answer DM. */
	| 'deny'
	/** I: take the information. */
	| 'information'
	/** RR, REJ: take the acknowledgement, go on. */
	| 'ready'
	/** RNR: take the acknowledgement, wait. */
	| 'busy'
	/** UI: pass it up. */
	| 'notify'
	/** UA or DM to our DISC. */
	| 'closed'
	| 'refused'
	| 'lost'
	| 'frame-rejected';

type Row = Readonly<Partial<Record<FrameType, LinkAction>>>;

export const LINK_TABLE: Readonly<Record<Role, Readonly<Record<LinkState, Row>>>> = {
	client: {
		disconnected: { UI: 'notify' },
		connecting: { UA: 'opened', DM: 'refused', FRMR: 'frame-rejected', UI: 'notify' },
		connected: {
			I: 'information',
			RR: 'ready',
			REJ: 'ready',
			RNR: 'busy',
			DM: 'lost',
			FRMR: 'frame-rejected',
			UI: 'notify',
		},
		disconnecting: { UA: 'closed', DM: 'closed', FRMR: 'closed', UI: 'notify' },
	},
	meter: {
		disconnected: {
			SNRM: 'accept',
			DISC: 'deny',
			I: 'deny',
			RR: 'deny',
			REJ: 'deny',
			RNR: 'deny',
			UI: 'notify',
		},
		connecting: {},
		connected: {
			SNRM: 'accept',
			DISC: 'release',
			I: 'information',
			RR: 'ready',
			REJ: 'ready',
			RNR: 'busy',
			UI: 'notify',
		},
		disconnecting: {},
	},
};
