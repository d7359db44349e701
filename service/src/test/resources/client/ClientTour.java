import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.anfinsen.client.ApiClient;
import org.anfinsen.client.ApiException;
import org.anfinsen.client.api.FilesApi;
import org.anfinsen.client.api.PredictionsApi;
import org.anfinsen.client.api.PredictionsApi.APIListPredictionsRequest;
import org.anfinsen.client.api.PredictionsApi.APISubmitPredictionsRequest;
import org.anfinsen.client.model.InputError;
import org.anfinsen.client.model.Job;
import org.anfinsen.client.model.JobPage;
import org.anfinsen.client.model.JobState;
import org.anfinsen.client.model.PredictionRequest;
import org.anfinsen.client.model.Problem;

/** Does with a generated client what the example leaves out, and prints what it sees. Usage: ClientTour ADDRESS SEQUENCE */
public final class ClientTour {

    private final ObjectMapper json;
    private final PredictionsApi predictions;
    private final FilesApi files;

    private ClientTour(ApiClient client) {
        json = client.getObjectMapper();
        predictions = new PredictionsApi(client);
        files = new FilesApi(client);
    }

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        ClientTour tour = new ClientTour(client);
        tour.predict(arguments[1]);
        tour.cancel(arguments[1].repeat(8));
        tour.fail();
    }

    private void predict(String sequence) throws Exception {
        Job job = submit(new PredictionRequest()
                .name("tour")
                .msa(">tour\n" + sequence + "\n>homologue\n" + sequence.replace('K', 'R') + "\n")
                .sequence(sequence)
                .model("anfinsen-1")
                .recycles(1)
                .seed(7L));
        job = await(job.getId(), JobState.DONE);
        System.out.println(job.getName() + ": " + job.getState() + ", " + job.getAlignment() + ", recycles "
                + job.getRecycles() + ", seed " + job.getSeed());

        JobPage page = predictions.listPredictions(APIListPredictionsRequest.newBuilder()
                .state(JobState.DONE)
                .name("TOUR")
                .limit(5)
                .build());
        System.out.println("listed: " + page.getTotal() + " " + page.getJobs().get(0).getId().equals(job.getId()));

        JsonNode scores = json.readTree(files.getFile(job.getId(), "scores.json"));
        JsonNode pae = json.readTree(files.getFile(job.getId(), "pae.json"));
        System.out.println("plddt: " + scores.path("plddt").size() + ", pae: "
                + pae.path(0).path("predicted_aligned_error").size());
        System.out.println("msa: " + files.getFileOfFolder(job.getId(), "features", "msa.a3m").length());

        System.out.println("removed: " + predictions.deletePrediction(job.getId()));
        UUID gone = job.getId();
        System.out.println(problem(() -> predictions.getPrediction(gone)).getTitle());
    }

    private void cancel(String sequence) throws Exception {
        Job job = submit(new PredictionRequest().name("cancelled").sequence(sequence).recycles(48).seed(System.nanoTime() % 1_000_000));
        Job answer = predictions.deletePrediction(job.getId());
        System.out.println(answer.getName() + ": "
                + (answer.getCancelRequested() || answer.getState() == JobState.CANCELLED));
        System.out.println(await(job.getId(), JobState.CANCELLED).getState());
    }

    private void fail() throws Exception {
        Problem problem = problem(() -> submit(new PredictionRequest().sequence(">a\nMKT1AY\n").recycles(99)));
        System.out.println(problem.getType() + " " + problem.getStatus());
        for (InputError error : problem.getErrors()) {
            System.out.println(error.getCode() + " " + error.getField() + " " + error.getLine() + " " + error.getColumn());
        }
    }

    private Job submit(PredictionRequest request) throws ApiException {
        return predictions
                .submitPredictions(APISubmitPredictionsRequest.newBuilder()
                        .predictionRequest(request)
                        .build())
                .getJobs()
                .get(0);
    }

    private Job await(UUID id, JobState state) throws ApiException, InterruptedException {
        Job job = predictions.getPrediction(id);
        while (job.getState() != state) {
            Thread.sleep(200);
            job = predictions.getPrediction(id);
        }
        return job;
    }

    private interface Call {
        Object make() throws ApiException;
    }

    private Problem problem(Call call) throws Exception {
        try {
            throw new AssertionError("answered " + call.make());
        } catch (ApiException e) {
            return json.readValue(e.getResponseBody(), Problem.class);
        }
    }
}
