/** The rows that are shown as a file of CSV, made a piece at a time. */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { saveFile } from '#lib/browser/device/save-file.ts';
import { csvHeader, csvLines } from '#lib/core/field/profile-reading/csv.ts';
import { breathe } from '#lib/link/ask-in-turn.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import { readings } from './readings.svelte.ts';
import { columnName } from './series.ts';

const PIECE_ROWS = 1000;

/** Hands the rows over; does nothing where there are none. */
export async function saveCsv(): Promise<void> {
	const { shape, kept, reading, logicalName } = readings;
	if (!shape || !reading) return;
	const names = shape.columns.map(columnName);
	const parts = [csvHeader(shape.columns, names)];
	for (let at = 0; at < kept.rows.length; at += PIECE_ROWS) {
		const rows = kept.rows.slice(at, at + PIECE_ROWS);
		parts.push(csvLines(shape.columns, rows, reading.settings.zone));
		await breathe(HOST_TIMER);
	}
	saveFile(`${meterDesk.drn ?? 'meter'}-${logicalName ?? 'profile'}.csv`, parts, 'text/csv');
}
