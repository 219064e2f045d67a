/**
 * What a client can ask for, what it gets, and whether both sides agreed to it (IEC 62056-5-3, 9.3).
 */
import type { AccessRequest, AccessResponse } from '../apdu/access.ts';
import type { ActionOutcome } from '../apdu/action.ts';
import { allows, type Conformance, type ConformanceBit } from '../apdu/conformance.ts';
import type { GetResult } from '../apdu/get.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import type { Data } from '../axdr/data-type.ts';

export type Wish =
	| { readonly kind: 'get'; readonly target: AttributeTarget }
	| { readonly kind: 'get-list'; readonly targets: readonly AttributeTarget[] }
	| { readonly kind: 'set'; readonly target: AttributeTarget; readonly data: Data }
	| {
			readonly kind: 'set-list';
			readonly targets: readonly AttributeTarget[];
			readonly values: readonly Data[];
	  }
	| { readonly kind: 'action'; readonly target: MethodTarget; readonly parameter?: Data }
	| {
			readonly kind: 'action-list';
			readonly targets: readonly MethodTarget[];
			readonly parameters: readonly Data[];
	  }
	| ({ readonly kind: 'access' } & Pick<AccessRequest, 'specifications' | 'values' | 'dateTime'>);

export type Answer =
	| { readonly kind: 'get'; readonly result: GetResult }
	| { readonly kind: 'get-list'; readonly results: readonly GetResult[] }
	/** Codes of `DATA_ACCESS_RESULTS`. */
	| { readonly kind: 'set'; readonly result: number }
	| { readonly kind: 'set-list'; readonly results: readonly number[] }
	| { readonly kind: 'action'; readonly outcome: ActionOutcome }
	| { readonly kind: 'action-list'; readonly outcomes: readonly ActionOutcome[] }
	| { readonly kind: 'access'; readonly response: AccessResponse };

/** The bits each wish needs. */
const NEEDED: Readonly<Record<Wish['kind'], readonly ConformanceBit[]>> = {
	get: ['get'],
	'get-list': ['get', 'multiple-references'],
	set: ['set'],
	'set-list': ['set', 'multiple-references'],
	action: ['action'],
	'action-list': ['action', 'multiple-references'],
	access: ['access'],
};

/** The bits a wish needs that were not agreed; none where it may be sent. */
export function missingBits(wish: Wish, agreed: Conformance): ConformanceBit[] {
	const needed: ConformanceBit[] = [...NEEDED[wish.kind]];
	if (targetsOf(wish).some((target) => 'attribute' in target && target.selection))
		needed.push('selective-access');
	if (targetsOf(wish).some((target) => 'attribute' in target && target.attribute === 0))
		needed.push(wish.kind.startsWith('get') ? 'attribute0-with-get' : 'attribute0-with-set');
	return needed.filter((bit) => !allows(agreed, bit));
}

function targetsOf(wish: Wish): readonly (AttributeTarget | MethodTarget)[] {
	if (wish.kind === 'access') return wish.specifications.map(({ target }) => target);
	return 'targets' in wish ? wish.targets : [wish.target];
}
