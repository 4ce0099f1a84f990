import type { Customization } from "./customization.js";
import { changeInputs } from "./inputs.js";

/**
 * Amazon Machine Learning: each prediction model has its own endpoint, which is a member of the input of `Predict`.
 *
 * @see https://docs.aws.amazon.com/machine-learning/latest/APIReference/API_Predict.html
 */
export const machineLearning: Customization = {
  name: "machine-learning",
  sdkId: "Machine Learning",
  change: (service) => {
    const [endpoint] =
      Object.entries(service.endpointBuiltIns).find(([, builtIn]) => builtIn === "SDK::Endpoint") ?? [];
    return changeInputs(service, (member, operation) =>
      operation.name === "Predict" && member.name === "PredictEndpoint"
        ? { ...member, contextParam: endpoint }
        : member,
    );
  },
};
