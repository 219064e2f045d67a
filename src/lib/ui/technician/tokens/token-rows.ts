/** The lines of the tokens' screen: what each is, how far it is, what the meter has said. Pure. */
import type { DeliveryToken, TokenPhase } from '#lib/core/field/delivery/delivery.ts';
import type { GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import { statusName } from '#lib/core/field/delivery/token-status.ts';
import type { TokenKind } from '#lib/core/field/delivery/queued-token.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import { formatQuantity } from '#lib/core/field/quantity.ts';
import { formatToken } from '#lib/core/sts/token-number.ts';
import type { FieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';
import { statusIn } from '#lib/core/sync/proofs/token-delivery.ts';
import { count, energy, language } from '#lib/ui/state/language.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import type { IconName } from '#lib/ui/view/icon-paths.ts';
import { words } from '../words.ts';

const own = words.technicianTokens;

/** What is known of a token beside its digits. */
export interface TokenFacts {
	readonly kind?: TokenKind | null | undefined;
	readonly vendId: string | null;
	readonly sequence: number | null;
	readonly energyDeciKwh: number | null;
}

/** "Credit · 50 kWh · purchase …a1b2". @param of tokens of its purchase; null where nobody knows */
export function factsText(
	{ kind, vendId, sequence, energyDeciKwh }: TokenFacts,
	of: number | null = null,
): string {
	const isSet = kind === 'key-change' || (of ?? 1) > 1;
	const parts = [
		kind ? own.kinds[kind] : own.keyedIn,
		energyDeciKwh ? energy(energyDeciKwh) : '',
		isSet && sequence !== null && of !== null ? own.part(count(sequence), count(of)) : '',
		vendId === null ? '' : own.vend(vendId.slice(-4)),
	];
	return parts.filter((part) => part !== '').join(' · ');
}

interface PhaseLook {
	readonly tone: Tone;
	readonly icon: IconName;
}

export const PHASE_LOOKS: Readonly<Record<TokenPhase, PhaseLook>> = {
	waiting: { tone: 'neutral', icon: 'wait' },
	entering: { tone: 'action', icon: 'sending' },
	pending: { tone: 'action', icon: 'wait' },
	unknown: { tone: 'wait', icon: 'again' },
	undecided: { tone: 'wait', icon: 'alert' },
	accepted: { tone: 'good', icon: 'done' },
	refused: { tone: 'bad', icon: 'refused' },
	'not-taken': { tone: 'bad', icon: 'refused' },
	left: { tone: 'neutral', icon: 'close' },
};

/** One token of a delivery as a line. */
export interface TokenRow extends PhaseLook {
	readonly digits: string;
	readonly grouped: string;
	readonly facts: string;
	readonly test: boolean;
	readonly phase: TokenPhase;
	readonly phaseText: string;
	/** What the meter has said of it; empty where it has said nothing. */
	readonly said: string;
	/** The credit before and after; undefined where it is not read, or its currency is not known. */
	readonly credit: { readonly before: string; readonly after: string } | undefined;
	readonly readBack: boolean;
	readonly proven: boolean;
	/** It may be put in the list once more. */
	readonly canRepeat: boolean;
}

type Currency = Pick<MeterCurrency, 'name' | 'scaler'> | undefined;

export function tokenRows({ delivery, known }: FieldDelivery, currency: Currency): TokenRow[] {
	return delivery.tokens.map((token, at) => {
		const about = known[at];
		const { digits, state } = token;
		const { phase } = state;
		const set = delivery.tokens.filter((each) => token.set !== null && each.set === token.set);
		const last = Math.max(...set.map(({ place }) => place ?? 0));
		return {
			...{ digits, grouped: formatToken(digits), phase, ...PHASE_LOOKS[phase] },
			facts: about ? factsText(about, set.length > 0 ? last : null) : '',
			test: about?.test ?? false,
			phaseText: words.delivery.phases[phase],
			said: saidOf(token),
			credit: creditOf(token, currency),
			readBack: (about?.lost ?? false) && (phase === 'accepted' || phase === 'refused'),
			proven: (about?.proven ?? null) !== null,
			canRepeat: phase === 'refused' || phase === 'not-taken' || phase === 'left',
		};
	});
}

/** What the meter has said last about a token, in a few words. */
function saidOf({ state }: DeliveryToken): string {
	if (state.phase === 'not-taken') return words.delivery.notTaken(state.result);
	const status = statusIn(state);
	if (!status) return '';
	const name = statusName(status.code);
	const title = name
		? words.delivery.statuses[name].title
		: words.delivery.statusNotKnown(count(status.code));
	return state.phase === 'accepted' ? '' : title;
}

/** The credit around a token. */
export function creditOf(
	{ state }: Pick<DeliveryToken, 'state'>,
	currency: Currency,
): { before: string; after: string } | undefined {
	if (state.phase !== 'accepted' && state.phase !== 'refused') return undefined;
	const [before, after] = [amount(state.before, currency), amount(state.after, currency)];
	return before !== undefined && after !== undefined ? { before, after } : undefined;
}

function amount(reading: GatewayReading | null, currency: Currency): string | undefined {
	const raw = reading?.credit ?? reading?.available;
	if (raw === undefined || raw === null || !currency) return undefined;
	const { name, scaler } = currency;
	return formatQuantity({ raw: BigInt(raw), scaler, unit: name }, language);
}
