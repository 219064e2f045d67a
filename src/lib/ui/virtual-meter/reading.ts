/** What the meter's registers read on a display of seven figures. Never more than there is: cut, not rounded. */

const WH_PER_KWH = 1000;
const FIGURES = 7;

/** Energy in kWh: two places while they fit in seven figures, then one, then none. */
export function readKwh(energyWh: number): string {
	const whole = Math.floor(energyWh / WH_PER_KWH);
	const places = Math.max(0, Math.min(2, FIGURES - String(whole).length));
	const part = String(energyWh % WH_PER_KWH)
		.padStart(3, '0')
		.slice(0, places);
	return places === 0 ? String(whole) : `${whole}.${part}`;
}

/** Seconds as `0:09` or `21:20`. */
export function readClock(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
