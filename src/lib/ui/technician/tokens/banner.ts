/** What the tokens' screen says at its top: what is being done, or what the last token came to. Pure. */
import type { DeliveryWish } from '#lib/core/field/delivery/decide-delivery.ts';
import type { DeliveryToken } from '#lib/core/field/delivery/delivery.ts';
import { CHOICES, type Choice } from '#lib/core/field/delivery/person-decides.ts';
import { statusName, type TokenStatus } from '#lib/core/field/delivery/token-status.ts';
import type { StatusBits } from '#lib/core/dlms/profile/meter-profile.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import { type FieldDelivery, isOnItsWay } from '#lib/core/sync/proofs/field-delivery.ts';
import { resultOf } from '#lib/core/sync/proofs/token-delivery.ts';
import { count } from '#lib/ui/state/language.ts';
import type { DeliveryEnd } from '../state/deliveries.svelte.ts';
import { words } from '../words.ts';
import { creditOf } from './token-rows.ts';

const own = words.technicianTokens.banner;

export type BannerAct =
	| { readonly kind: 'choose'; readonly choices: readonly Choice[] }
	| { readonly kind: 'go-on' }
	| { readonly kind: 'leave-set-out' }
	| { readonly kind: 'connect' };

export interface Banner {
	/** For tests: what it is about, by its own name. */
	readonly name: string;
	readonly tone: 'good' | 'bad' | 'wait' | 'action';
	readonly title: string;
	readonly detail: string;
	/** What to do next, in words; empty where there is nothing. */
	readonly next: string;
	readonly items: readonly { readonly label: string; readonly value: string }[];
	/** What can be done at once. */
	readonly act: BannerAct | undefined;
}

export interface BannerFacts {
	readonly field: FieldDelivery | undefined;
	readonly doing: DeliveryWish | 'beginning' | 'reading-key' | undefined;
	readonly ended: DeliveryEnd | undefined;
	/** Whether the meter of this delivery is connected, with rights for it. */
	readonly connected: boolean;
	readonly currency: Pick<MeterCurrency, 'name' | 'scaler'> | undefined;
	/** What the bits beside a status say, where the meter's profile knows. */
	readonly statusBits: StatusBits | undefined;
}

const banner = (
	name: string,
	tone: Banner['tone'],
	{ title, detail }: { readonly title: string; readonly detail: string },
	more: Partial<Pick<Banner, 'next' | 'items' | 'act'>> = {},
): Banner => ({ name, tone, title, detail, next: '', items: [], act: undefined, ...more });

/** Undefined: there is nothing to say yet. */
export function bannerOf(facts: BannerFacts): Banner | undefined {
	const { field, doing, ended, connected } = facts;
	if (doing !== undefined) return doingBanner(field, doing);
	const asked = field?.delivery.tokens.find(({ state }) => state.phase === 'undecided');
	if (asked?.state.phase === 'undecided') {
		const act: BannerAct = connected ? { kind: 'choose', choices: CHOICES } : { kind: 'connect' };
		return banner(asked.state.why, 'wait', words.delivery.undecided[asked.state.why], { act });
	}
	const ending = ended && endBanner(ended);
	if (ending) return ending;
	if (!field) return undefined;
	if (isOnItsWay(field)) return banner('lost', 'wait', own.lost, { act: { kind: 'connect' } });
	const { stopped, tokens } = field.delivery;
	const last = tokens.findLast(({ state }) => state.phase !== 'waiting' && state.phase !== 'left');
	const verdict = last && verdictBanner(last, facts);
	const waits = tokens.filter(({ state }) => state.phase === 'waiting').length;
	if (stopped) {
		const { title, detail } = words.delivery.stops[stopped];
		return banner(stopped, 'bad', verdict ?? { title, detail }, {
			items: verdict?.items ?? [],
			next: verdict ? `${title}. ${detail}` : '',
			act: waits > 0 ? { kind: connected ? 'go-on' : 'connect' } : undefined,
		});
	}
	if (waits === 0) return verdict;
	const held = ended?.ended === 'called-off' ? own.calledOff : own.interrupted;
	return banner(ended?.ended ?? 'held', 'wait', held, {
		next: own.waiting(count(waits)),
		act: { kind: connected ? 'go-on' : 'connect' },
	});
}

/** What is being done at this moment. */
function doingBanner(
	field: FieldDelivery | undefined,
	doing: DeliveryWish | 'beginning' | 'reading-key',
): Banner {
	if (doing === 'reading-key') return banner('reading-key', 'action', own.key);
	const token = field?.delivery.tokens.find(({ state }) =>
		['entering', 'unknown', 'pending'].includes(state.phase),
	);
	const phase = token?.state.phase;
	if (phase === 'unknown') return banner('unknown', 'wait', own.unknown);
	if (phase === 'entering') return banner('entering', 'action', own.entering);
	if (phase === 'pending') return banner('pending', 'action', own.pending);
	return doing === 'beginning'
		? banner('beginning', 'action', own.beginning)
		: banner('between', 'action', own.between);
}

/** Ends that are about no token. */
function endBanner(ended: DeliveryEnd): Banner | undefined {
	switch (ended.ended) {
		case 'other-tab':
			return banner('other-tab', 'wait', own.otherTab, { act: { kind: 'go-on' } });
		case 'other-meter':
			return banner('other-meter', 'bad', {
				title: own.notKept,
				detail: words.delivery.otherMeter,
			});
		case 'not-kept':
			return banner('not-kept', 'bad', { title: own.notKept, detail: words.delivery.notKept });
		case 'not-planned':
			return banner('not-planned', 'bad', {
				title: own.notPlanned,
				detail: planRefused(ended.because),
			});
		case 'stored-damaged':
			return banner('stored-damaged', 'bad', {
				title: own.damaged,
				detail: words.delivery.storedRefusals[ended.because.refused],
			});
		case 'set-refused':
			return banner(
				'set-refused',
				'bad',
				{ title: own.setRefused, detail: words.engineering.key.refusals[ended.because] },
				{ act: { kind: 'leave-set-out' } },
			);
		default:
			return undefined;
	}
}

function planRefused(refusal: Extract<DeliveryEnd, { ended: 'not-planned' }>['because']): string {
	if (refusal.refused !== 'tokens')
		return words.delivery.planRefusals[refusal.refused](
			refusal.refused === 'too-many' ? count(refusal.most) : '',
		);
	const [first] = refusal.tokens;
	return first ? words.delivery.tokenRefusals[first.refusal] : '';
}

/** What the meter has said of a token. */
function verdictBanner(
	{ state, again }: DeliveryToken,
	{ currency, statusBits }: BannerFacts,
): Banner | undefined {
	if (state.phase === 'not-taken')
		return banner('not-taken', 'bad', {
			title: words.delivery.phases['not-taken'],
			detail: words.delivery.notTaken(state.result),
		});
	if (state.phase !== 'accepted' && state.phase !== 'refused') return undefined;
	const credit = creditOf({ state }, currency);
	const items = credit
		? [
				{
					label: `${words.technicianTokens.list.credit}: ${words.technicianTokens.list.before}`,
					value: credit.before,
				},
				{
					label: `${words.technicianTokens.list.credit}: ${words.technicianTokens.list.after}`,
					value: credit.after,
				},
			]
		: [];
	const said = statusWords(state.status, statusBits, credit?.after ?? '');
	if (state.phase === 'accepted') return banner('accepted', 'good', said, { items });
	const code = own.code(words.delivery.stages[state.stage], count(state.status.code));
	return banner('refused', 'bad', said, {
		items: [{ label: code, value: '' }, ...items],
		next: [said.next, again ? words.delivery.sentAgain : ''].filter((text) => text).join(' '),
	});
}

/** By the meter's own result where it tells one, else by its status. */
function statusWords(
	status: TokenStatus,
	statusBits: StatusBits | undefined,
	credit: string,
): { title: string; detail: string; next: string } {
	const name = statusName(status.code);
	const { title, detail, next } = name
		? words.delivery.statuses[name]
		: { title: words.delivery.statusNotKnown(count(status.code)), detail: '', next: '' };
	const result = resultOf(status, statusBits);
	// A result that needs the credit is told by its status where the credit is not known.
	if (
		!result ||
		result === 'Accept' ||
		result.endsWith('KCT') ||
		(result === 'UsedError' && !credit)
	)
		return { title, detail, next };
	const said = words.tokenResults[result];
	return { title: said.title, detail: said.detail({ credit, missing: '' }), next };
}
