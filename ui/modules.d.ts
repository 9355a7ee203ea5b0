declare module "govuk-frontend" {
  export interface ComponentClass {
    new (root: HTMLElement): unknown;
    readonly moduleName: string;
  }
  export const Button: ComponentClass;
  export const ErrorSummary: ComponentClass;
  export const NotificationBanner: ComponentClass;
  export const SkipLink: ComponentClass;
  export interface CreateAllOptions {
    scope?: Element | Document;
    onError?: (error: unknown) => void;
  }
  export function createAll(component: ComponentClass, config?: object, options?: CreateAllOptions): unknown[];
}
