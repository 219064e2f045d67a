/** In Arabic: see `en/money.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

export const money: Words['money'] = {
	title: 'أين مالي؟',
	withYou: 'معك. لم يُدفع شيء.',
	undecided: 'معك حتى توافق، ثم عند مزود الدفع حتى يعطي كلمته الأخيرة. إن كانت رفضًا بقي مالك معك.',
	until: (time) => `صفحة الدفع مفتوحة حتى ${apart(time)}.`,
	held: 'عند الشركة، محفوظ لهذه العملية. إن لم يمكن إصدار رمز يعود إليك.',
	late: (amount) => `وصل ${apart(amount)} بعد انتهاء هذه العملية، متأخرًا عن إصدار رمز.`,
	other: (amount) => `دُفع ${apart(amount)}، وليس هذا ما طُلب، فلم يُصدر أي رمز.`,
	again: (amount) => `دُفع ${apart(amount)} مرة زائدة. رمزك مدفوع ويبقى صالحًا.`,
	owed: (amount) =>
		`لك ${apart(amount)}. تعيده الشركة إليك، ولا حاجة إلى أن تفعل شيئًا. تقول هذه الصفحة متى يتم ذلك.`,
	atTill: (amount) =>
		`لك ${apart(amount)} عند نقطة البيع التي اشتريت منها، إن لم تسترده بعد. خذ الإيصال معك.`,
	provider: (amount, moment) => `أُعيد ${apart(amount)} إلى حيث دفعت في ${apart(moment)}.`,
	bank: (amount, moment) => `أُعيد ${apart(amount)} عن طريق البنك في ${apart(moment)}.`,
	arrears: (amount, moment) => `خُصم ${apart(amount)} من دين عداد في ${apart(moment)}.`,
	back: (amount) => `استرجع مزود الدفع ${apart(amount)}، فليس عليك شيء. اسأله أين المال.`,
	backWithToken: (amount) =>
		`استرجع مزود الدفع ${apart(amount)} بعد إصدار الرمز. يبقى الرمز صالحًا لكنه غير مدفوع: اتصل بخط المساعدة.`,
	kept: 'ما دُفع محفوظ لك. اتصل بخط المساعدة واذكر رقم العملية.',
	mayBePaid: 'إن كنت دفعت فلا تشترِ مرة أخرى: اتصل بخط المساعدة واذكر رقم العملية.',
	foreign: 'وصل مال بعملة أخرى. هو محفوظ لك: اتصل بخط المساعدة واذكر رقم العملية.',
	heard: (ago) => `سُئل عنه ${ago}`,
	ask: 'اسأل مرة أخرى',
};
