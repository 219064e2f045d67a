/** In Arabic: see `en/keeping.ts`. */
import type { Words } from '../catalogue.ts';

export const keeping: Words['keeping'] = {
	troubles: {
		'no-space': {
			why: 'هذا الجهاز ممتلئ.',
			todo: 'احذف صورًا أو مقاطع أو تطبيقات ثم حاول مرة أخرى. ما حُفظ هنا يبقى.',
		},
		'not-allowed': {
			why: 'المتصفح لا يحفظ شيئًا لهذا التطبيق.',
			todo: 'اخرج من النافذة الخاصة، أو اسمح لهذا الموقع بحفظ البيانات.',
		},
		'newer-version': {
			why: 'نسخة أحدث من التطبيق مفتوحة في تبويب آخر.',
			todo: 'حمّل هذه الصفحة من جديد.',
		},
		failed: {
			why: 'ذاكرة المتصفح لا تستجيب.',
			todo: 'حمّل هذه الصفحة من جديد.',
		},
	},
	noDate: 'التاريخ غير معروف',
};
