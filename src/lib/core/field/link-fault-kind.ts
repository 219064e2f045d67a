/**
 * What the world outside does to a link: the cable, the port, the bridge. A closed list; each kind has its
 * sentence and its advice in `core/words`, for which it stands down here.
 */

export const LINK_FAULT_KINDS = [
	/** This browser or machine has no such way to a meter. */
	'not-supported',
	/** The person closed the list of ports without choosing one. */
	'nothing-chosen',
	/** The person, or who manages the machine, does not allow the port. */
	'permission-refused',
	/** Another program, or another tab that will not let go, has the port open. */
	'port-busy',
	/** Another tab of ours took the port over. */
	'port-taken',
	/** The cable or the probe was pulled. */
	'unplugged',
	/** The port does not take this rate or form. */
	'settings-refused',
	/** The port is there and could not be opened, or broke off, for a reason nobody gives. */
	'port-failed',
	/** The bridge does not answer. */
	'bridge-unreachable',
	/** The bridge answers, and does not lead to this address. */
	'bridge-refused',
	/** The bridge is there, the meter behind it is not. */
	'meter-unreachable',
] as const;
export type LinkFaultKind = (typeof LINK_FAULT_KINDS)[number];
