/** A fault of a link: thrown where it happens, shown by its kind. */
import { LINK_FAULT_KINDS, type LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';

export { LINK_FAULT_KINDS, type LinkFaultKind };

/** A fault at the edge: thrown where it happens, shown by its kind. `cause` is for the log only. */
export class LinkFault extends Error {
	override readonly name = 'LinkFault';
	readonly kind: LinkFaultKind;

	constructor(kind: LinkFaultKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}
