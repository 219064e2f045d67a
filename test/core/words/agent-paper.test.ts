import { expect, it } from 'vitest';
import { isPrintFault, PRINT_FAULTS } from '#lib/core/vending/print-faults.ts';
import { agentPaper } from '#lib/core/words/en/agent-paper.ts';

it('every fault of a printer is said, with what to do, and no two alike', () => {
	expect(Object.keys(agentPaper.faults).sort()).toEqual([...PRINT_FAULTS].sort());
	const titles = PRINT_FAULTS.map((kind) => agentPaper.faults[kind].title);
	expect(new Set(titles).size).toBe(PRINT_FAULTS.length);
	for (const kind of PRINT_FAULTS) {
		expect(agentPaper.faults[kind].title).toMatch(/^[A-Z].*[^.]$/);
		expect(agentPaper.faults[kind].action).toMatch(/^[A-Z].*\.$/);
		expect(isPrintFault(kind)).toBe(true);
	}
	expect(isPrintFault('fire')).toBe(false);
	expect(isPrintFault(null)).toBe(false);
});
