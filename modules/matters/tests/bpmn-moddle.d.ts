/** The reader of BPMN that other tools use; it comes without types of its own. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: { rootElements: unknown[] }; warnings: unknown[] }>;
  }
}
