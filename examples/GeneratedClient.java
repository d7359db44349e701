import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;
import org.anfinsen.client.ApiClient;
import org.anfinsen.client.ApiException;
import org.anfinsen.client.api.FilesApi;
import org.anfinsen.client.api.PredictionsApi;
import org.anfinsen.client.api.PredictionsApi.APISubmitPredictionsRequest;
import org.anfinsen.client.model.Job;
import org.anfinsen.client.model.JobState;
import org.anfinsen.client.model.Jobs;
import org.anfinsen.client.model.PredictionRequest;
import org.anfinsen.client.model.Problem;

/**
 * Predicts the records of a FASTA file through a client that openapi-generator makes of /v1/openapi; docs/user-guide.md
 * has the command.
 *
 * <p>Usage: GeneratedClient ADDRESS FILE FOLDER, as in: GeneratedClient http://127.0.0.1:8080 protein.fasta out
 */
public final class GeneratedClient {

    private static final Set<JobState> ENDED = EnumSet.of(JobState.DONE, JobState.FAILED, JobState.CANCELLED);

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        PredictionsApi predictions = new PredictionsApi(client);
        try {
            String fasta = Files.readString(Path.of(arguments[1]));
            Jobs accepted = predictions.submitPredictions(
                    APISubmitPredictionsRequest.newBuilder()
                            .predictionRequest(new PredictionRequest().sequence(fasta))
                            .build());
            for (Job job : accepted.getJobs()) {
                download(client, await(predictions, job), folder);
            }
        } catch (ApiException e) {
            if (e.getResponseBody() == null) {
                throw e;
            }
            Problem problem = client.getObjectMapper().readValue(e.getResponseBody(), Problem.class);
            System.err.println(problem.getTitle() + ": " + problem.getDetail());
            System.exit(1);
        }
    }

    private static Job await(PredictionsApi predictions, Job accepted) throws ApiException, InterruptedException {
        Job job = accepted;
        while (!ENDED.contains(job.getState())) {
            Thread.sleep(500);
            job = predictions.getPrediction(job.getId());
        }
        return job;
    }

    private static void download(ApiClient client, Job job, Path folder) throws Exception {
        System.out.println(job.getName() + ": " + job.getState() + ", " + job.getLength() + " residues");
        if (job.getFiles() == null) {
            return;
        }
        File pdb = new FilesApi(client).getFile(job.getId(), "structure.pdb");
        Files.copy(pdb.toPath(), folder.resolve(pdb.getName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
