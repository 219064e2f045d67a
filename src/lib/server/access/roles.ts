/**
 * Who may do what: the one table of roles and capabilities. An endpoint names the capability that it needs
 * (`http/operations`); nothing else in the backend asks for a role.
 */
import { STAFF_ROLES } from '#lib/core/sync/wire-people.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

/** `guest` and `consumer` are everybody; `terminal` is an enrolled till by its signature; the others are people who sign in. */
export const ROLES = ['guest', 'consumer', 'terminal', ...STAFF_ROLES] as const;
export type Role = (typeof ROLES)[number];

const everybody: readonly Role[] = ROLES;
const staff: readonly Role[] = STAFF_ROLES;
const office: readonly Role[] = ['office-clerk', 'office-manager'];
/** Who is the second person for some kind of wish. */
const approvers: readonly Role[] = ['office-manager', 'tariff-officer', 'key-officer'];
const seller: readonly Role[] = ['terminal', 'agent'];

/** Capability → the roles that have it. */
export const CAPABILITIES = {
	/** What anybody may ask: health, readiness, the API's description, signing in. */
	open: everybody,
	'meter.confirm': everybody,
	'meter.history': [...seller, 'consumer', 'technician', ...office, 'auditor'],
	/** Without digits; the others see what is theirs. */
	'meter.history-any': ['technician', ...office, 'auditor'],
	/** The whole registration, with names and phones. */
	'meter.read': [...office, 'administrator'],
	'meter.manage': ['office-manager', 'administrator'],
	/** From being sold to, and back; some of it takes a second person (`approval/unblock-wish.ts`). */
	'meter.block': office,
	'virtual-meter.read': everybody,
	/** A device asks to be reminded; of what, it alone knows. */
	'reminder.set': everybody,
	'vend.trial': everybody,
	/** Ask for a vend, and for the payment that covers it. Each kind of vend says more (vend/kinds.ts). */
	'vend.request': everybody,
	/** An answer of one vend by its unguessable id; of a vendor's vends to that vendor and the office only. */
	'vend.read': everybody,
	/** Any vend of the utility, whoever sold it. */
	'vend.read-any': [...office, 'auditor'],
	'vend.float': ['terminal'],
	/** Of guests and consumers, whose meter it is and what the utility has set decide (`meter/fbe-access.ts`). */
	'vend.fbe': ['guest', 'consumer', 'terminal', 'agent', ...office],
	/** Of the till itself: the answer it lost, and its outbox at once. */
	'vend.last': ['terminal'],
	'vend.batch': ['terminal'],
	'vend.key-change': ['terminal', 'agent', 'technician', ...office],
	'vend.reprint': ['terminal', 'agent', ...office],
	/** A vend of one's own vendor. */
	'vend.reverse': ['terminal', 'agent', ...office],
	'vend.reverse-any': office,
	'vend.verify': ['terminal', 'agent', 'technician', ...office, 'auditor'],
	/** Anybody who paid may ask the provider about that payment by its unguessable id. */
	'payment.request': everybody,
	'float.read': ['terminal', 'agent', 'vendor-manager', ...office, 'auditor'],
	'float.deposit': ['office-clerk', 'office-manager'],
	/** All vendors, with their floats; a vendor's own people see their own by `float.read`. */
	'vendor.read': [...office, 'auditor', 'administrator'],
	'vendor.manage': ['office-manager', 'administrator'],
	/** What holds for the whole utility, such as who may fetch free electricity by the app. */
	'utility.set': ['office-manager', 'administrator'],
	'utility.read': [...office, 'auditor', 'administrator'],
	/** Tokens sealed to the till itself. */
	'reserve.make': ['terminal'],
	/** Of all vendors, without digits. */
	'reserve.read': [...office, 'auditor'],
	'batch.run': ['terminal', 'agent', 'vendor-manager'],
	'batch.read': ['terminal', 'agent', 'vendor-manager', ...office, 'auditor'],
	'close.run': ['office-manager'],
	'close.read': ['office-manager', 'auditor'],
	/** What customers owe, set right: money, and so not the administrator's. */
	'arrears.adjust': ['office-manager'],
	'refund.settle': ['office-manager'],
	'refund.read': [...office, 'auditor'],
	/** Propose what a second person must agree to, and decide; for which kind, `approval/kinds.ts` says. */
	'approval.propose': [...office, 'technician', 'tariff-officer', 'key-officer'],
	/** A technician sees their own proposals. */
	'approval.read': [...approvers, 'office-clerk', 'technician', 'auditor', 'administrator'],
	'approval.read-any': [...approvers, 'office-clerk', 'auditor', 'administrator'],
	'approval.decide': approvers,
	'approval.propose-office': office,
	'approval.propose-engineering': [...office, 'technician'],
	'approval.propose-tariff': ['tariff-officer', 'office-manager'],
	'approval.propose-key': ['key-officer'],
	'approval.decide-office': ['office-manager'],
	'approval.decide-tariff': ['tariff-officer'],
	'approval.decide-key': ['key-officer'],
	'tariff.read': [...office, 'tariff-officer', 'auditor'],
	'key.read': ['key-officer', 'office-manager', 'auditor'],
	/** One's own login session. */
	'session.own': [...staff, 'consumer', 'terminal'],
	/** One's own password, passkeys and sessions; a colleague's need `operator.manage` besides. */
	'operator.own': staff,
	'operator.manage': ['administrator'],
	'terminal.manage': ['administrator', 'office-manager'],
	'terminal.enrol': everybody,
	/** What the backend tells a till of itself. */
	'terminal.status': ['terminal'],
	/** What a vendor's tills may do without a network: how much is at risk while nobody sees it. */
	'offline-terms.set': ['office-manager', 'administrator'],
	'offline-terms.read': [...office, 'auditor', 'administrator'],
	/** By the code on the paper together with the meter's number: whoever has both. */
	'claim.redeem': everybody,
	/** By a code that was sent to the phone with which they were made. */
	'purchase.fetch': everybody,
	/** Of the till itself: an agent has one by standing at it. */
	'pack.tariff': ['terminal'],
	'pack.job': ['technician'],
	/** The machine that a technician is signed in on. */
	'field-device.register': ['technician'],
	/** A technician sees their own. */
	'field-device.read': ['technician', 'office-manager', 'administrator', 'auditor'],
	'field-device.read-any': ['office-manager', 'administrator', 'auditor'],
	'field-device.revoke': ['office-manager', 'administrator'],
	/** DLMS secrets come in by these and never go out but in a job pack. */
	'association.set': ['key-officer', 'administrator'],
	'association.read': ['key-officer', 'administrator', 'office-manager', 'auditor'],
	'job.manage': office,
	/** A technician sees and ends their own. */
	'job.read': ['technician', ...office, 'auditor'],
	'job.read-any': [...office, 'auditor'],
	'job.close': ['technician', ...office],
	/** A journal's entry is its device's by the signature; any technician of the utility may hand it in. */
	'delivery.record': ['technician'],
	/** A technician sees their own. */
	'delivery.read': ['technician', ...office, 'auditor'],
	'delivery.read-any': [...office, 'auditor'],
	'journal.forks': ['office-manager', 'administrator', 'auditor'],
	/** Of the till itself. */
	'journal.hand-in': ['terminal'],
	/** Of any till, proved by the entries' own signatures. */
	'journal.import': ['office-manager'],
	'journal.alarms': ['office-manager', 'administrator', 'auditor'],
	'audit.read': ['auditor'],
	'message.read': [...office, 'auditor'],
	/** Of the demo only: pages of the sandbox providers. */
	sandbox: everybody,
	/** A provider shows who it is by the signature of its message. */
	'provider.message': everybody,
	metrics: everybody,
} as const satisfies Record<string, readonly Role[]>;

export type Capability = keyof typeof CAPABILITIES;

/**
 * Whether a caller may, in the utility that what they ask for belongs to. Order: `sign-in-needed` (a guest
 * whose lack is only that), `not-allowed`, `other-utility`.
 */
export function decideAuthority(
	caller: Pick<Caller, 'roles' | 'utilityId'>,
	capability: Capability,
	utilityId: string = caller.utilityId,
): Refusal | undefined {
	const allowed: readonly Role[] = CAPABILITIES[capability];
	if (!caller.roles.some((role) => allowed.includes(role)))
		return { refusal: caller.roles.every(isAnonymous) ? 'sign-in-needed' : 'not-allowed' };
	return utilityId === caller.utilityId ? undefined : { refusal: 'other-utility' };
}

const isAnonymous = (role: Role): boolean => role === 'guest';
