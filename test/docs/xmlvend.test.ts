/** The page that leads from XMLVend to this API, held against both. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '#lib/core/vending/refusals.ts';
import { VEND_KIND_ROWS } from '#lib/server/vend/kinds.ts';
import { OPERATIONS } from '#lib/server/http/operations.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';

const PAGE = readFileSync('docs/xmlvend.md', 'utf8');

/** Rows of a chapter's table as cells, without its head. */
function tableOf(chapter: string): string[][] {
	const text = PAGE.split(/^## /m).find((part) => part.startsWith(chapter)) ?? '';
	return text
		.split('\n')
		.filter((line) => line.startsWith('| ') && !/^\| (XMLVend|---)/.test(line))
		.map((line) =>
			line
				.split('|')
				.map((cell) => cell.trim())
				.slice(1, -1),
		);
}
const ticked = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');

const MESSAGES = ['Vending', 'Recovery', 'Keys and engineering', 'The money day'].flatMap(tableOf);
const FAULTS = tableOf('Faults');

/** Every message of vending.md 5.1 and sts.md 17.4–17.5. */
const XMLVEND_MESSAGES = [
	...['confirmCustomerReq', 'confirmMeterReq', 'trialCreditVendReq', 'creditVendReq', 'fbeReq'],
	...['freeIssueReq', 'meterCreditTransferReq', 'payAccReq', 'cancelVendReq', 'verifyReq'],
	...['reprintReq', 'loginReq', 'custReportFaultReq', 'confirmNodeReq'],
	...['LastRespAdviceReq', 'ConfirmationAdviceReq', 'ReversalAdviceReq'],
	...['updateMeterKeyReq', 'engKCTReq', 'clearCreditReq', 'clearTamperReq', 'pwrLmtReq'],
	...['phUnbalReq', 'setWaterFactorReq', 'defCreditReq'],
	...['testAllReq', 'testBreakerReq', 'testDisplayReq', 'dispConsTotReq', 'dispInstPwrReq'],
	...['dispKRNReq', 'dispPhUnbalanceReq', 'dispPwrLmtReq', 'dispTIReq', 'dispTamperReq'],
	...['dispVerReq', 'depositReq', 'vendorStatementReq'],
	...['Shift', 'Sales', 'Bank', 'All'].flatMap((level) =>
		['start', 'total', 'end'].map((deed) => `${deed}${level}BatchReq`),
	),
	...['Shift', 'Sales', 'Bank'].map((level) => `reprintEnd${level}BatchReq`),
];

/** Every fault of vending.md 5.1 and sts.md 17.9. */
const XMLVEND_FAULTS = [
	...['BlockedMeterEx', 'UnknownMeterEx', 'InsufficientMeterDataEx', 'RequireMeterCardEx'],
	...['MSNOCheckDigitEx', 'STSDataEx', 'SGCAuthorisationEx', 'LatestKRNEx', 'UpdateMtrKeySameEx'],
	...['VendorCreditEx', 'ClientIDAuthorisationEx', 'ClientIDSSLEx', 'DebtEx', 'FBEEx'],
	...['ServiceChrgEx', 'ReprintEx', 'ReversalEx', 'LastResponseEx', 'ConfirmationEx'],
	...['VerifyTokenEx', 'CancelEx', 'UseCaseSupportEx', 'XMLVendSchemaEx', 'SystemEx'],
	...['UnknownMeterUpdateMtrKeyEx', 'RequestAuthorisationEx', 'StartBatchEx', 'EndBatchEx'],
	...['CheckBatchTotalEx', 'ConfirmCustomerEx'],
];

describe('messages', () => {
	it('are all there, each once', () => {
		const named = MESSAGES.flatMap(([message]) => ticked(message));
		expect(named.sort()).toEqual([...XMLVEND_MESSAGES].sort());
	});

	it.each(MESSAGES.map((cells) => [cells[0], cells] as const))(
		'%s leads somewhere, or says why not',
		(_, cells) => {
			const [, here = '', why = ''] = cells;
			if (here === 'none') return expect(why).not.toBe('');
			return expect(ticked(here)).toHaveLength(2);
		},
	);

	it('lead to operations that are there, by their own address', () => {
		const pairs = [...PAGE.matchAll(/`(\w+)` `((?:GET|PUT|POST|DELETE) \/[^`]*)`/g)];
		expect(pairs.length).toBeGreaterThan(30);
		const rows: Readonly<Record<string, OperationRow>> = OPERATIONS;
		for (const [, name = '', address] of pairs) {
			const row = rows[name];
			expect(`${name} ${row?.method} ${row?.path}`).toBe(`${name} ${address}`);
		}
	});

	it('of each kind of vend are among them', () => {
		const named = new Set(MESSAGES.flatMap(([message]) => ticked(message)));
		const ours = Object.values(VEND_KIND_ROWS).map(({ xmlVend }) => xmlVend);
		// The one that stands for all of one family.
		expect(ours.filter((name) => !named.has(name))).toEqual(['meterSpecificEngReq']);
	});
});

describe('faults', () => {
	it('are all there, each once', () => {
		expect(FAULTS.flatMap(([fault]) => ticked(fault)).sort()).toEqual([...XMLVEND_FAULTS].sort());
	});

	it('have just those refusals under them that name them', () => {
		const written = FAULTS.filter(([, here]) => here !== 'none').map(
			([fault, here]) => [ticked(fault)[0], ticked(here).sort()] as const,
		);
		const byFault = new Map<string, string[]>();
		for (const [code, row] of Object.entries(REFUSALS))
			if ('xmlVend' in row) byFault.set(row.xmlVend, [...(byFault.get(row.xmlVend) ?? []), code]);
		const real = [...byFault].map(([fault, codes]) => [fault, codes.sort()]);
		expect(Object.fromEntries(written)).toEqual(Object.fromEntries(real));
	});

	it('say why, where there is none', () => {
		for (const [fault, here, why] of FAULTS)
			if (here === 'none') expect(`${fault}: ${why}`).toMatch(/: \S/);
	});

	it('name no refusal that is not there', () => {
		const codes = [...PAGE.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code]) => code ?? '');
		const others = [
			'clear-credit',
			'clear-tamper',
			'set-power-limit',
			'set-water-factor',
			'meter-test',
			'set-phase-unbalance-limit',
		];
		const known = new Set([...Object.keys(REFUSALS), ...others]);
		expect(codes.filter((code) => !known.has(code))).toEqual([]);
	});
});
