/** In Arabic: see `en/to-meter.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const toMeter: Words['toMeter'] = {
	send: 'أرسله إلى العداد',
	needs: `وبالسلك أيضًا: عبر ${apart('Chrome')} على حاسوب أو هاتف ${apart('Android')}.`,
	underWay: 'لا يُعرف إن كان الرمز في العداد',
	look: 'انظر إلى العداد',
	taken: 'الرمز في العداد',
	entered: 'أُدخل',
	proven: { title: 'قبله العداد', detail: 'قال ذلك بنفسه، عبر السلك.' },
};
