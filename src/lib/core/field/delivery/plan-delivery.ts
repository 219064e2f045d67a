/** From tokens as they come, and a meter's profile, to a delivery that can begin. */
import { obis } from '../../dlms/cosem/obis.ts';
import type { MeterProfile } from '../../dlms/profile/meter-profile.ts';
import { type Delivery, DELIVERY_VERSION, MAX_QUEUE } from './delivery.ts';
import { orderTokens, withoutRepeats } from './order-tokens.ts';
import {
	type CheckedToken,
	checkToken,
	type QueuedToken,
	type QueuedTokenRefusal,
} from './queued-token.ts';

/** Why a queue cannot be delivered. */
export type PlanRefusal =
	| { readonly refused: 'empty' }
	| { readonly refused: 'too-many'; readonly most: number }
	/** Tokens that are none, by their place in the queue as it came. */
	| {
			readonly refused: 'tokens';
			readonly tokens: readonly { readonly index: number; readonly refusal: QueuedTokenRefusal }[];
	  };

/** Where credit and account are in most meters. */
const USUAL_CREDIT = obis('0.0.19.10.0.255');
const USUAL_ACCOUNT = obis('0.0.19.0.0.255');

/** A delivery in the order of entry; `dropped` is how many tokens came twice. */
export function planDelivery(
	meter: string,
	profile: Pick<MeterProfile, 'tokenGateway' | 'tokenEncoding'>,
	queue: readonly QueuedToken[],
): { readonly delivery: Delivery; readonly dropped: number } | PlanRefusal {
	if (queue.length === 0) return { refused: 'empty' };
	const checked = queue.map(checkToken);
	const wrong = checked.flatMap((token, index) =>
		'refusal' in token ? [{ index, refusal: token.refusal }] : [],
	);
	if (wrong.length > 0) return { refused: 'tokens', tokens: wrong };
	const tokens = withoutRepeats(checked as readonly CheckedToken[]);
	if (tokens.length > MAX_QUEUE) return { refused: 'too-many', most: MAX_QUEUE };
	const delivery: Delivery = {
		version: DELIVERY_VERSION,
		meter,
		place: { gateway: profile.tokenGateway, credit: USUAL_CREDIT, account: USUAL_ACCOUNT },
		encoding: profile.tokenEncoding,
		seen: null,
		tokens: orderTokens(tokens).map(({ digits, tokenClass, kind, set, place }) => ({
			digits,
			tokenClass: tokenClass as 0 | 1 | 2,
			kind: kind ?? null,
			set: set ?? null,
			place: place ?? null,
			sends: 0,
			again: false,
			state: { phase: 'waiting' },
		})),
		stopped: null,
	};
	return { delivery, dropped: queue.length - tokens.length };
}
