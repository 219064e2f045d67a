/** A journal's entry as the audit tells of it: what was done, where, with what outcome. Never digits. Pure. */
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type { EntryFinding } from '#lib/core/sync/wire-deliveries.ts';
import type { Deed } from '../audit/record.ts';

export function deedOf(entry: SignedEntry, findings: readonly EntryFinding[]): Deed {
	const { id, deviceId, sequence, kind, drn, jobId } = entry;
	return {
		action: `field-${kind}`,
		subject: drn === null ? { kind: 'field-device', id: deviceId } : { kind: 'meter', id: drn },
		facts: {
			...{ entry: id, device: deviceId, sequence, job: jobId, technician: entry.operatorId },
			...outcomeOf(entry),
			findings: findings.join(' '),
		},
	};
}

/** What matters of each kind; the rest is in the entry. */
function outcomeOf(entry: SignedEntry): NonNullable<Deed['facts']> {
	switch (entry.kind) {
		case 'pack-opened':
		case 'pack-destroyed':
			return { pack: entry.content.packId };
		case 'meter-met':
			return { probe: entry.content.probe.kind };
		case 'token-delivery': {
			const { vendId, verdict, statusCode, result, readBack } = entry.content;
			return { vend: vendId, verdict, statusCode, result, readBack };
		}
		case 'key-change-run': {
			const { outcome, before, after } = entry.content;
			return { outcome, krnBefore: before?.krn ?? null, krnAfter: after?.krn ?? null };
		}
		case 'clock-set':
			return { outcome: entry.content.outcome, wantedMs: entry.content.wantedMs };
		case 'relay-switched':
			return { outcome: entry.content.outcome, wanted: entry.content.wanted };
		case 'reading':
			return { registers: entry.content.registers.length };
		case 'firmware-transfer':
			return { outcome: entry.content.outcome, stage: entry.content.stage };
		case 'bench-report':
			return { passed: entry.content.passed, failed: entry.content.failed };
	}
}
