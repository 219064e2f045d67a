/**
 * What a meter does with each token that has passed the decoder (IEC 62055-41 8, sts.md §13.7–13.9).
 * Either everything the token says is done, or nothing and the result says why; then the token stays
 * good. This meter is an electricity meter on units: other services and currency are not its functions.
 */
import { decodeUnits } from '../sts/amount-units.ts';
import { creditRegisterName } from '../sts/credit-register.ts';
import { isSection, takeSection, type SectionOutcome } from '../sts/decoder/key-change-sections.ts';
import { meterTestName, testsOfControl } from '../sts/meter-test.ts';
import type { DefinedToken, TokenOf } from '../sts/subclasses.ts';
import { WH_PER_DECI_KWH } from '../units/energy.ts';
import { itemsOfTest, showItem, type DisplayItem } from './display-items.ts';
import { noteEvent } from './meter-events.ts';
import { withSupply, type VirtualMeter } from './virtual-meter.ts';

/** What an accepted token did. */
export type Done =
	| { readonly kind: 'credited'; readonly energyWh: number; readonly creditWh: number }
	| { readonly kind: 'credit-cleared'; readonly clearedWh: number }
	| { readonly kind: 'power-limit-set'; readonly limitW: number }
	| { readonly kind: 'phase-unbalance-limit-set'; readonly limitW: number }
	| { readonly kind: 'tamper-cleared' }
	| { readonly kind: 'shown'; readonly items: readonly DisplayItem[] };

/** What came of a token that passed the decoder. */
export type Execution =
	| { readonly result: 'Accept'; readonly done: Done }
	| SectionOutcome
	| { readonly result: 'OverflowError' | 'RangeError' | 'FunctionError' };

interface Executed {
	readonly meter: VirtualMeter;
	readonly execution: Execution;
}

const refuse = (
	meter: VirtualMeter,
	result: 'OverflowError' | 'RangeError' | 'FunctionError',
): Executed => ({ meter, execution: { result } });

const accept = (meter: VirtualMeter, done: Done): Executed => ({
	meter,
	execution: { result: 'Accept', done },
});

const ELECTRICITY_SUBCLASS = 0;

function credit(meter: VirtualMeter, token: TokenOf<'transfer-credit'>, atMs: number): Executed {
	if (token.subclass !== ELECTRICITY_SUBCLASS) return refuse(meter, 'FunctionError');
	const energyWh = decodeUnits(token.fields.amount) * WH_PER_DECI_KWH;
	const { supply, settings } = meter;
	const creditWh = supply.creditWh + energyWh;
	if (creditWh > settings.creditCapacityWh) return refuse(meter, 'OverflowError');
	const totalCreditedWh = supply.totalCreditedWh + energyWh;
	return accept(withSupply(meter, { ...supply, creditWh, totalCreditedWh }, atMs), {
		kind: 'credited',
		energyWh,
		creditWh,
	});
}

function clearCredit(meter: VirtualMeter, token: TokenOf<'clear-credit'>, atMs: number): Executed {
	const register = creditRegisterName(token.fields.value);
	if (!register) return refuse(meter, 'RangeError');
	if (register !== 'electricity' && register !== 'all') return refuse(meter, 'FunctionError');
	const clearedWh = meter.supply.creditWh;
	const supply = { ...meter.supply, creditWh: 0, fractionWms: 0 };
	return accept(withSupply(meter, supply, atMs), { kind: 'credit-cleared', clearedWh });
}

function setPowerLimit(
	meter: VirtualMeter,
	token: TokenOf<'set-power-limit'>,
	atMs: number,
): Executed {
	const limitW = decodeUnits(token.fields.value);
	if (limitW > meter.settings.highestPowerLimitW) return refuse(meter, 'RangeError');
	const supply = { ...meter.supply, powerLimitW: limitW };
	return accept(withSupply(meter, supply, atMs), { kind: 'power-limit-set', limitW });
}

function setPhaseLimit(meter: VirtualMeter, token: TokenOf<'set-phase-unbalance-limit'>): Executed {
	const limitW = decodeUnits(token.fields.value);
	if (limitW > meter.settings.highestPowerLimitW) return refuse(meter, 'RangeError');
	const supply = { ...meter.supply, phaseUnbalanceLimitW: limitW };
	return accept({ ...meter, supply }, { kind: 'phase-unbalance-limit-set', limitW });
}

function clearTamper(meter: VirtualMeter, atMs: number): Executed {
	const events = meter.supply.tampered
		? noteEvent(meter.events, { kind: 'tamper-cleared', atMs })
		: meter.events;
	const supply = { ...meter.supply, tampered: false };
	return accept(withSupply({ ...meter, events }, supply, atMs), { kind: 'tamper-cleared' });
}

function test(meter: VirtualMeter, token: TokenOf<'meter-test'>): Executed {
	const items = testsOfControl(token.fields.control, token.subclass as 0 | 1)
		.map(meterTestName)
		.flatMap((name) => (name ? itemsOfTest(name) : []))
		.map((name) => showItem(meter, name));
	return items.length === 0
		? refuse(meter, 'FunctionError')
		: accept(meter, { kind: 'shown', items });
}

/** Carries a token out, or says why not. */
export function carryOut(meter: VirtualMeter, token: DefinedToken, atMs: number): Executed {
	if (isSection(token)) {
		const { decoder, outcome } = takeSection(meter.decoder, token, atMs);
		const changed = 'keyChanged' in outcome && outcome.keyChanged;
		const events = changed ? noteEvent(meter.events, { kind: 'key-changed', atMs }) : meter.events;
		return { meter: { ...meter, decoder, events }, execution: outcome };
	}
	switch (token.kind) {
		case 'transfer-credit':
			return credit(meter, token, atMs);
		case 'clear-credit':
			return clearCredit(meter, token, atMs);
		case 'set-power-limit':
			return setPowerLimit(meter, token, atMs);
		case 'set-phase-unbalance-limit':
			return setPhaseLimit(meter, token);
		case 'clear-tamper':
			return clearTamper(meter, atMs);
		case 'meter-test':
			return test(meter, token);
		case 'transfer-currency':
		case 'extended-read':
		case 'extended-set':
		case 'set-tariff-rate':
		case 'set-water-factor':
			return refuse(meter, 'FunctionError');
	}
}
