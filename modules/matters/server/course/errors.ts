import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table: what is wrong with the course of a matter. */
export const courseError = defineErrors({
  course_steps: {
    status: 400,
    zh: '“{text}”无法识别：每一步写成 动作@2026-03-02，步骤之间用逗号分开',
    en: '"{text}" is not understood: write each step as action@2026-03-02, with commas between them',
  },
  course_length: {
    status: 400,
    zh: '步骤超过 {limit} 步，无法推算',
    en: 'More than {limit} steps cannot be reckoned',
  },
  course_action: {
    status: 400,
    zh: '第 {step} 步：本事项没有动作“{action}”',
    en: 'Step {step}: this service has no action "{action}"',
  },
  course_state: {
    status: 400,
    zh: '第 {step} 步：在“{state}”状态不能“{action}”',
    en: 'Step {step}: "{action_en}" cannot be done in the state "{state_en}"',
  },
  course_order: {
    status: 400,
    zh: '第 {step} 步（{on}）早于前一步（{before}），请按发生的先后填写',
    en: 'Step {step} ({on}) is earlier than the one before it ({before}): give them in the order in which they happened',
  },
  course_early: {
    status: 400,
    zh: '第 {step} 步：“{action}”要等期限届满，最早 {day}',
    en: 'Step {step}: "{action_en}" waits until the time has run out, {day} at the earliest',
  },
  course_needs: {
    status: 400,
    zh: '第 {step} 步：先办理“{needs}”，才能“{action}”',
    en: 'Step {step}: "{needs_en}" comes before "{action_en}"',
  },
  course_carry: {
    status: 409,
    zh: '不能换用这个版本：{why}',
    en: 'The matter cannot go on under this version: {why_en}',
  },
  course_clock: {
    status: 400,
    zh: '第 {step} 步：“{action}”所涉期限此时不在计算中、已经停止，或者不能再延长',
    en: 'Step {step}: the clock that "{action_en}" is about does not run, stands still, or cannot be extended any more',
  },
});
