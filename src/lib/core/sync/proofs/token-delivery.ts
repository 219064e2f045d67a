/** What is written down of a token that was handed to a meter. Pure. */
import type { DeliveryToken } from '#lib/core/field/delivery/delivery.ts';
import type { GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import { meaningOf, namedResult, type TokenStatus } from '#lib/core/field/delivery/token-status.ts';
import type { StatusBits } from '#lib/core/dlms/profile/meter-profile.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import type { DeliveryVerdict, ProbeAsMet, TokenDelivery } from '../field-deeds.ts';
import { meterAround, type MomentRead } from './as-read.ts';
import type { KnownToken } from './field-delivery.ts';

/** What a proof has besides the token: how it was handed over, and what was read around it. */
export interface ProofContext {
	readonly probe: ProbeAsMet;
	readonly framesDigest: string | null;
	readonly currency: Pick<MeterCurrency, 'name' | 'scaler'> | undefined;
	/** Clock and relay as they were read before the token, and after its verdict. */
	readonly before: MomentRead;
	readonly after: MomentRead;
	/** What the bits beside the status say, where the meter's profile knows. */
	readonly statusBits: StatusBits | undefined;
}

/** @param at place in the queue, from 0 */
export function tokenProof(
	{ digits, state }: DeliveryToken,
	{ vendId, sequence, lost }: KnownToken,
	at: number,
	verdict: DeliveryVerdict,
	context: ProofContext,
): TokenDelivery {
	const { probe, framesDigest, currency } = context;
	const status = statusIn(state);
	return {
		...{ vendId, sequence, digits, position: at + 1, probe, framesDigest },
		before: meterAround('before' in state ? state.before : null, context.before, currency),
		after: meterAround(readingAfter(state), context.after, currency),
		verdict,
		statusCode: status && meaningOf(status.code) ? status.code : null,
		result: resultOf(status, context.statusBits),
		readBack: lost && verdict !== 'unknown',
	};
}

/** The status that a state is known by. */
export function statusIn(state: DeliveryToken['state']): TokenStatus | null {
	if (state.phase === 'accepted' || state.phase === 'refused') return state.status;
	return state.phase === 'undecided' ? state.found.status : null;
}

/** The meter's own result, where it tells one by the bits beside the status. */
export const resultOf = (
	status: TokenStatus | null,
	meaning: StatusBits | undefined,
): TokenResult | null => (status && namedResult(status, meaning)) ?? null;

function readingAfter(state: DeliveryToken['state']): GatewayReading | null {
	if (state.phase === 'accepted' || state.phase === 'refused') return state.after;
	return state.phase === 'undecided' ? state.found : null;
}
